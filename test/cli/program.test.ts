import { describe, expect, test } from "vitest"
import { runProgram } from "../../cli/program.js"
import { pythonStages } from "../../src/stages/python-stages.js"
import { fakeIo } from "./fake-io.js"

const control = {
  version: "1.2.3",
  program: ["quillon"] as const,
  interrupts: () => {},
  atExit: () => {},
  exit: () => {},
}

async function runWith(...argv: readonly string[]) {
  const io = fakeIo({ argv, cwd: "/nonexistent" })
  await runProgram(io, control)
  return io
}

describe("runProgram", () => {
  test("help names every stage as a verb, and the host commands", async () => {
    const io = await runWith("--help")
    for (const word of ["ci", "engine", "inspect", "schema", ...pythonStages.map(({ name }) => name)]) {
      expect(io.out()).toMatch(new RegExp(`^  ${word}\\b`, "m"))
    }
    expect(io.code()).toBe(0)
  })

  test("a word that is no command ends with 64 and the nearest one", async () => {
    const io = await runWith("lnt")
    expect(io.err()).toContain("unknown command 'lnt'")
    expect(io.err()).toContain("lint")
    expect(io.code()).toBe(64)
  })

  test("an option that is not there ends with 64", async () => {
    const io = await runWith("ci", "--onyl", "lint")
    expect(io.err()).toContain("--onyl")
    expect(io.code()).toBe(64)
  })

  test("nothing at all prints the help and is wrong usage", async () => {
    const io = await runWith()
    expect(io.err() + io.out()).toContain("Usage: quillon")
    expect(io.code()).toBe(64)
  })

  test("a folder that is not there is refused by name", async () => {
    await expect(runWith("ci", "gone")).rejects.toMatchObject({ code: "NO_SUCH_FOLDER", kind: "usage" })
  })

  test("what follows -- belongs to one tool", async () => {
    await expect(runWith("ci", "--", "-k", "name")).rejects.toMatchObject({
      code: "ARGUMENTS_FOR_WHOM",
      next: "name the stage, e.g. quillon test -- -k name",
    })
  })

  test("what follows -- is not read as options of ours", async () => {
    await expect(runWith("test", "gone", "--", "--onyl")).rejects.toMatchObject({ code: "NO_SUCH_FOLDER" })
  })

  test("a cell's address is a verb too", async () => {
    await expect(runWith("test@3.11", "gone")).rejects.toMatchObject({ code: "NO_SUCH_FOLDER" })
  })
})
