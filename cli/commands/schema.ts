import { Command, Option } from "commander"
import { settingsJsonSchema } from "../../src/project/settings.js"
import type { Io } from "../io.js"
import { settingsGuide } from "../settings-guide.js"

/** `quillon schema`: the settings as JSON Schema, for editors, or as the guide for people. */
export function schemaCommand(io: Io): Command {
  return new Command("schema")
    .description("print the JSON Schema of the settings")
    .addOption(
      new Option("--format <format>", "JSON Schema, or the guide in Markdown")
        .choices(["json", "markdown"])
        .default("json"),
    )
    .action(({ format }: { format: "json" | "markdown" }) => {
      const schema = settingsJsonSchema()
      io.stdout.write(format === "json" ? `${JSON.stringify(schema, null, 2)}\n` : settingsGuide(schema))
    })
}
