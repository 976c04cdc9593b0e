import { Command } from "commander"
import type { DebugRequest } from "../debug/request.js"
import type { Io } from "../io.js"
import type { ProcessControl } from "../program.js"
import { readRunRequest, withMeansOptions } from "../run-request.js"

interface DebugOptions {
  readonly after?: true
  readonly run?: true
  readonly command?: string
}

/** `quillon debug <stage> [path]`: a shell in the container of a stage. */
export function debugCommand(io: Io, control: ProcessControl): Command {
  const command = new Command("debug")
    .description("open a shell in a stage's container, before its command")
    .helpGroup("Pipeline:")
    .usage("[options] <stage[@cell]> [path] [-- command in place of the shell]")
    .argument("<stage>", "a stage or one cell of it, e.g. test@3.11")
    .argument("[path]", "the project's folder", ".")
    .option("--after", "as the command left the container, however it ended")
    .option("--run", "run the stage first, and stay only where it does not pass")
    .option("--command <name>", "which one of several commands of the stage")
  return withMeansOptions(command).action(async (name: string, path: string, { after, run, ...rest }: DebugOptions) => {
    const { command: chosen, ...options } = rest
    const request: DebugRequest = {
      run: readRunRequest(options, { path, args: [] }),
      name,
      ...(chosen === undefined ? {} : { command: chosen }),
      state: after ? "after" : "before",
      ...(run ? { first: "run" as const } : {}),
      argv: control.toolArguments,
    }
    const { debug } = await import("../debug/debug.js")
    await debug(io, control, request)
  })
}
