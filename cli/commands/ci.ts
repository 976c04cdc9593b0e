import { Command } from "commander"
import { QuillonError } from "../../src/errors.js"
import type { Io } from "../io.js"
import type { ProcessControl } from "../program.js"
import { readRunRequest, withRunOptions, withStageOptions } from "../run-request.js"

/** `quillon ci [path]`: the whole pipeline. */
export function ciCommand(io: Io, control: ProcessControl): Command {
  const command = new Command("ci")
    .description("run all stages on a Python project")
    .helpGroup("Pipeline:")
    .argument("[path]", "the project's folder", ".")
  return withStageOptions(withRunOptions(command)).action(async (path: string, options: unknown) => {
    const request = readRunRequest(options, { path, args: control.toolArguments })
    if (request.args.length > 0 && request.selection.only?.length !== 1) {
      throw new QuillonError({
        code: "ARGUMENTS_FOR_WHOM",
        message: `what follows -- goes to one tool, and this run has several: ${request.args.join(" ")}`,
        next: `name the stage, e.g. quillon test -- ${request.args.join(" ")}`,
        kind: "usage",
      })
    }
    const { run } = await import("../run.js")
    await run(io, control, request)
  })
}
