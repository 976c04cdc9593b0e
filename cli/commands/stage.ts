import { Command } from "commander"
import { QuillonError } from "../../src/errors.js"
import { pythonStages } from "../../src/stages/python-stages.js"
import type { Io } from "../io.js"
import type { ProcessControl } from "../program.js"
import { readRunRequest, withRunOptions } from "../run-request.js"

/** A verb for each stage: `quillon lint`, `quillon test -- -k name`; a cell's address is one too: `quillon test@3.11`. */
export function stageCommands(io: Io, control: ProcessControl): readonly Command[] {
  const { word } = control
  // `version` is a command of its own, with verbs below it.
  const verbs = pythonStages
    .filter(({ name }) => name !== "version")
    .map(({ name, title }) => stageCommand(io, control, { name, title }))
  const stage = pythonStages.find(({ name }) => word?.startsWith(`${name}@`))
  if (word === undefined || stage === undefined) return verbs
  return [...verbs, stageCommand(io, control, { name: word, title: stage.title })]
}

interface StageOptions {
  readonly fresh?: true
  readonly fix?: true
  readonly yes?: true
}

function stageCommand(io: Io, control: ProcessControl, stage: { name: string; title: string }): Command {
  const command = new Command(stage.name)
    .description(stage.title)
    .helpGroup("Stages (what follows -- goes to the tool):")
    .usage("[options] [path] [-- arguments of the tool]")
    .argument("[path]", "the project's folder", ".")
    .option("--fresh", "run again what the engine remembers")
  if (stage.name === "lint") {
    command
      .option("--fix", "show what ruff would fix, and apply it when you say yes")
      .option("-y, --yes", "with --fix: apply it without asking")
  }
  return withRunOptions(command).action(async (path: string, { fresh, fix, yes, ...options }: StageOptions) => {
    const request = readRunRequest(
      { ...options, only: [stage.name], ...(fresh ? { fresh: [stage.name] } : {}) },
      { path, args: control.toolArguments },
    )
    if (yes && !fix) {
      throw new QuillonError({
        code: "YES_TO_WHAT",
        message: "--yes answers what --fix asks, and there is no --fix",
        next: "quillon lint --fix --yes",
        kind: "usage",
      })
    }
    if (fix) {
      const { fixFiles } = await import("../fix/lint-fix.js")
      return fixFiles(io, control, { ...request, yes: yes === true })
    }
    const { run } = await import("../run.js")
    await run(io, control, request)
  })
}
