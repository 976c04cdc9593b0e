import { Command } from "commander"
import type { Io } from "../io.js"
import type { ProcessControl } from "../program.js"
import { PLAIN_LOOK } from "./release.js"

/** `quillon status`: how a version stands at every target. */
export function statusCommand(io: Io, control: ProcessControl): Command {
  return new Command("status")
    .description("say how a version stands at every target; the unfinished one, else the project's own")
    .argument("[version]", "e.g. 1.3.0 or v1.3.0")
    .option("--project <path>", "the project's folder", ".")
    .option("--rehearse", "ask the targets of the last rehearsal")
    .action(async (version: string | undefined, options: { project: string; rehearse?: true }) => {
      const [{ withDesk }, { showStatus }] = await Promise.all([
        import("../release/with-desk.js"),
        import("../release/show-status.js"),
      ])
      const targets = options.rehearse === true ? "kept" : "real"
      const wish = { path: options.project, targets, look: PLAIN_LOOK } as const
      await withDesk({ io, control }, wish, (session) => showStatus(session, version))
    })
}
