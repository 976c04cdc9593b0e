import { describe, expect, it } from "vitest"
import { marksFor } from "../../../cli/release/marks.js"
import { endText } from "../../../cli/release/release-end-text.js"
import { eventLines } from "../../../cli/release/release-events.js"
import { statusText } from "../../../cli/release/status-text.js"
import { createStyle } from "../../../cli/style.js"
import type { ActStop } from "../../../src/release/execute/act-end.js"
import type { ReleaseEnd } from "../../../src/release/execute/release-end.js"
import { releaseStatus } from "../../../src/release/execute/status.js"
import { createRig, planOf } from "../../release/execute/rig.js"

const style = createStyle({ colour: false })
const look = { style, marks: marksFor({ env: { LANG: "C.UTF-8" } }), columns: 120 }
const plan = await planOf({ targets: { forge: false } })

function machineOf(rig: ReturnType<typeof createRig>) {
  const { release, events, world } = rig.machine("laptop")
  return { release, world, text: () => events.flatMap((event) => eventLines(event, look)).join("\n") }
}

describe("a release that is carried out", () => {
  it("is a line for each step, with what was written below it", async () => {
    const { release, text } = machineOf(createRig(plan.head))
    await release(plan)

    expect(text()).toBe(`engine 1.2.0 → 1.3.0
  ⟲ Build the release commit and run all gates on its bytes  containers
  ● Push commit and tag together, or neither  git remote
    v1.3.0
  ● Upload the wheels, then the sdist  pypi
    engine-1.3.0-py3-none-any.whl  pypi/engine-1.3.0-py3-none-any.whl
    engine-1.3.0.tar.gz  pypi/engine-1.3.0.tar.gz
  ⟲ Install from the index by hash, and import  pypi
    1.3.0
  ⟲ Replace the journal by a receipt  git remote
    note on v1.3.0`)
  })

  it("tells what is tried again, and where it stopped", async () => {
    const rig = createRig(plan.head)
    rig.network.wish(({ verb, where }) =>
      verb === "write" && where === "pypi" ? { kind: "rate-limited", retryAfter: 400 } : undefined,
    )
    const { release, text } = machineOf(rig)
    const end = await release(plan)

    expect(text()).toContain(`  ● Upload the wheels, then the sdist  pypi
    engine-1.3.0-py3-none-any.whl: pypi: rate-limited; again in 401 s
    not over`)
    expect(endText(end, style)).toBe(
      `waiting at index, after the push: until pypi answers (pypi: rate-limited)
  quillon release --resume
`,
    )
  })

  it("tells all trouble before the first write", async () => {
    const rig = createRig(plan.head)
    rig.servers.git.refs.set("refs/heads/main", "f".repeat(40))
    const { release, text } = machineOf(rig)
    const end = await release(plan)

    expect(text()).toBe(`engine 1.2.0 → 1.3.0
  wrong  git remote: main is at ffffffffffff, the plan is about ${plan.head.slice(0, 12)}
    quillon plan`)
    expect(endText(end, style)).toBe("refused: 1 thing in the way; nothing was written\n")
  })

  it("shows no control characters that a server sent", () => {
    const event = { kind: "tried-again", what: "a", why: "\u001b[2Jgone\nnew line", seconds: 1 } as const

    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    expect(eventLines(event, look).join("")).not.toMatch(/[\u0000-\u001f]/)
  })
})

const holder = { kind: "job", id: "1", url: "https://ci.example/jobs/9" } as const
const stopped = (stop: ActStop, permanent: boolean): ReleaseEnd => ({ kind: "stopped", step: "index", stop, permanent })

describe("the end of a release", () => {
  it.each<[ReleaseEnd, string]>([
    [{ kind: "released", version: "1.3.0", receipts: [] }, "released 1.3.0: every target was seen to have it\n"],
    [{ kind: "already-released", version: "1.3.0", receipts: [] }, "released before 1.3.0: nothing was written\n"],
    [
      { kind: "held", holder, written: "2026-11-24T12:00:00.000Z", fate: "unknown" },
      `held by https://ci.example/jobs/9, who wrote last at 2026-11-24T12:00:00.000Z
  quillon release --resume --take-over, once you know that it has ended
`,
    ],
    [
      { kind: "withdrawn", why: "test@3.13 failed", next: "quillon test", cause: "gate" },
      "withdrawn: test@3.13 failed; readers saw nothing of it\n  quillon test\n",
    ],
    [
      stopped({ kind: "burnt", detail: "engine-1.3.0.tar.gz was used and deleted" }, true),
      `burnt at index, after the push: engine-1.3.0.tar.gz was used and deleted
  quillon release --abandon --because "…", then the next version
`,
    ],
    [
      { kind: "abandoned", version: "1.3.0", why: "burnt on pypi", left: ["the draft of v1.3.0 stays"], receipts: [] },
      `abandoned 1.3.0: burnt on pypi; what was published stays; the draft of v1.3.0 stays
  quillon plan tells the next version
`,
    ],
    [
      stopped({ kind: "failed", why: "the token expired", next: "export PYPI_TOKEN=…", blame: "surroundings" }, false),
      `failed at index, before the push: the token expired
  export PYPI_TOKEN=…; then quillon release --resume
`,
    ],
  ])("%j", (end, text) => {
    expect(endText(end, style)).toBe(text)
  })
})

describe("the status of a version", () => {
  it("is a line for each target and a verdict", async () => {
    const rig = createRig(plan.head)
    const { release, world } = machineOf(rig)
    await release(plan)
    rig.servers.index.files.delete("engine-1.3.0.tar.gz")
    rig.servers.index.files.set("engine-1.3.0-py3-none-any.whl", { sha256: "00", since: 0 })

    const text = statusText("1.3.0", await releaseStatus({ version: "1.3.0", tag: "v1.3.0" }, world.targets), style)

    expect(text).toMatch(
      /^1\.3\.0 something else stands in its place\n\n {2}git remote {2}v1\.3\.0 {25}identical\n {2}pypi {8}engine-1\.3\.0-py3-none-any\.whl {2}different {2}engine-1\.3\.0-py3-none-any\.whl is 00 on pypi, not \w{64}\n {2}pypi {8}engine-1\.3\.0\.tar\.gz {12}absent\n$/,
    )
  })

  it("says what is not known in words", async () => {
    const { world } = machineOf(createRig(plan.head))

    expect(statusText("9.0.0", await releaseStatus({ version: "9.0.0", tag: "v9.0.0" }, world.targets), style)).toBe(
      "9.0.0 nobody released it, and nobody began to\n",
    )
  })
})
