import type { Container } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"
import { containerOf, type ModuleRun, selectionOf } from "../../src/door/run-module.js"
import type { Report } from "../../src/pipeline/report.js"

const CELLS = [
  { stage: "lint", cell: "", outcome: "failed" },
  { stage: "test", cell: "3.11", outcome: "skipped", reason: "build failed" },
]

/** A run in which `lint` ran two commands, of which the second failed. */
function runOf(): ModuleRun {
  return {
    report: { cells: CELLS } as unknown as Report,
    collector: { container: (address: string, command?: string) => (address === "lint" ? { command } : undefined) },
    witness: {
      failing: (address: string) => (address === "lint" ? "format" : undefined),
      commands: (address: string) => (address === "lint" ? ["check", "format"] : []),
    },
  } as unknown as ModuleRun
}

const shown = (command: string | undefined) => ({ command }) as unknown as Container

describe("the container of a cell", () => {
  it("is that before the failing command, or before the one that is named", () => {
    expect(containerOf(runOf(), "lint")).toEqual(shown("format"))
    expect(containerOf(runOf(), "lint", "check")).toEqual(shown("check"))
  })

  it.each([
    ["lint", "ruff", /lint has no command "ruff"/, "name one of: check, format"],
    [
      "test@3.11",
      undefined,
      /test@3\.11 ran no command: build failed/,
      "dagger call inspect shows what the project is",
    ],
    ["test@3.8", undefined, /no cell "test@3\.8"/, "name one of: lint, test@3.11"],
  ])("of %s and command %s is refused", (address, command, message, next) => {
    expect(() => containerOf(runOf(), address, command)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), next }),
    )
  })
})

it("an empty list that was typed selects nothing", () => {
  expect(selectionOf({ only: [], skip: ["lint"], fresh: [] })).toEqual({ skip: ["lint"] })
})
