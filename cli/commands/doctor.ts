import { Command, Option } from "commander"
import { diagnose } from "../../engine/diagnosis.js"
import { gatherDoctorFacts } from "../../engine/doctor-facts.js"
import { renderDiagnosis } from "../doctor-text.js"
import type { Io } from "../io.js"
import type { ProcessControl } from "../program.js"

/** `quillon doctor`: one table of what a run needs, what is missing, and what to type. */
export function doctorCommand(io: Io, control: Pick<ProcessControl, "version">): Command {
  return new Command("doctor")
    .description("say whether a run is possible on this machine, and what is missing")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(async (options: { format: "text" | "json" }) => {
      const facts = await gatherDoctorFacts(io.env, { quillon: control.version, node: process.versions.node })
      const diagnosis = diagnose(facts)
      io.stdout.write(
        options.format === "json" ? `${JSON.stringify(diagnosis, null, 2)}\n` : renderDiagnosis(diagnosis, io),
      )
      io.leave(diagnosis.possible ? 0 : 2)
    })
}
