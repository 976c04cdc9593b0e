import { randomUUID } from "node:crypto"
import { beforeAll, describe, expect, test } from "vitest"
import { widthOf } from "../../cli/style.js"
import { quillon } from "./quillon.js"
import { type Picture, Screen } from "./screen.js"
import { smallProject } from "./small-project.js"

// The engine keeps what it ran: tests of their own each time are run, not remembered.
const SLOW = `import time
import pytest

RUN = "${randomUUID()}"

@pytest.mark.parametrize("n", range(8))
def test_slow(n):
    time.sleep(1)
`

let cwd: string
beforeAll(async () => {
  cwd = await smallProject({ "tests/test_slow.py": SLOW })
})

const row = (picture: Picture, name: string) => picture.find((line) => line.slice(3).startsWith(name)) ?? ""

describe("the board on a terminal", () => {
  test("shows what waits, what runs with its newest line, and how it ended, however narrow", async () => {
    using screen = await Screen.start(["test"], { cwd })
    const waiting = await screen.shows((picture) => /after .*build/.test(row(picture, "test")))
    expect(row(waiting, "test")).toMatch(/^ · test/)
    await screen.shows((picture) => /pytest · .*\.\./.test(row(picture, "test")))
    screen.resize(30, 20)
    const narrow = await screen.shows((picture) => / test@3\.13 +\d/.test(picture.join("\n")))
    expect(Math.max(...narrow.map(widthOf))).toBeLessThanOrEqual(20)
    screen.resize(30, 100)
    const { code, screen: last } = await screen.ended()
    expect(code).toBe(0)
    expect(row(last, "test")).toMatch(/^ ✓ test .* s {2}9 passed/)
    expect(last.filter((line) => line.startsWith(" ✓ test"))).toHaveLength(1)
  })

  test("says from the second run on how long a cell takes as a rule", async () => {
    using screen = await Screen.start(["test", "--fresh"], { cwd })
    await screen.shows((picture) => /usually \d+\.\d s/.test(row(picture, "test")))
  })

  test("is ASCII where the locale has no more", async () => {
    using screen = await Screen.start(["test"], { cwd, env: { LANG: "C", LC_ALL: "C" } })
    const { screen: last } = await screen.ended()
    expect(row(last, "test")).toMatch(/^ \+ test/)
    expect(last.join("")).toMatch(/^[\x20-\x7e]*$/)
  })

  test("is a plain log on a terminal that can't be drawn on", async () => {
    using screen = await Screen.start(["test"], { cwd, env: { TERM: "dumb" } })
    const { screen: last } = await screen.ended()
    expect(last.join("\n")).toMatch(/^passed +test/m)
  })

  test("has no colours where nobody wants them", async () => {
    const { stdout } = await quillon(["test", "--board", "live"], { cwd, env: { NO_COLOR: "1", FORCE_COLOR: "" } })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
    expect(stdout).not.toMatch(/\u001b\[[\d;]*m/)
  })
})
