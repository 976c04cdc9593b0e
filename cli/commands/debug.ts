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

/** `quillon debug <stage> [path]`, `quillon debug <capsule> [stage]`: a shell in the container of a stage. */
export function debugCommand(io: Io, control: ProcessControl): Command {
  const command = new Command("debug")
    .description("open a shell in a stage's container, before its command")
    .helpGroup("Pipeline:")
    .usage("[options] <stage[@cell]> [path] | <capsule> [stage[@cell]] [-- command in place of the shell]")
    .argument("<stage or capsule>", "e.g. test@3.11; or a capsule.json, a run's folder, the zip of a run from CI")
    .argument("[path or stage]", "the project's folder; of a capsule a stage in place of the first that did not pass")
    .option("--after", "as the command left the container, however it ended")
    .option("--run", "run the stage first, and stay only where it does not pass")
    .option("--command <name>", "which one of several commands of the stage")
  return withMeansOptions(command).action(async (word: string, second: string | undefined, raw: DebugOptions) => {
    const { after, run, command: chosen, ...options } = raw
    const { capsulePath } = await import("../capsule/capsule-path.js")
    const path = await capsulePath(io, word)
    const name = path === undefined ? word : second
    const request: DebugRequest = {
      run: readRunRequest(options, { path: path === undefined ? second : undefined, args: [] }),
      ...(name === undefined ? {} : { name }),
      ...(path === undefined ? {} : { capsule: { path, word } }),
      ...(chosen === undefined ? {} : { command: chosen }),
      state: after ? "after" : "before",
      ...(run ? { first: "run" as const } : {}),
      argv: control.toolArguments,
    }
    const { debug } = await import("../debug/debug.js")
    await debug(io, control, request)
  })
}
