import { Command, Option } from "commander"
import type { Io } from "../io.js"

/** `quillon why <stage> [path]`: why a cell ran, or was cached, in the last run. */
export function whyCommand(io: Io): Command {
  return new Command("why")
    .description("say why a stage ran or was cached in the last run")
    .argument("<stage>", "a stage or one cell of it, e.g. test@3.11")
    .argument("[path]", "the project's folder", ".")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(async (name: string, path: string, { format }: { format: "text" | "json" }) => {
      const { why } = await import("../why/why.js")
      await why(io, { name, path, format })
    })
}
