import { resolve } from "node:path"
import { Command, Option } from "commander"
import { inspectionTable } from "../inspection-table.js"
import type { Io } from "../io.js"
import { knowProject } from "../known-project.js"
import { createStyle } from "../style.js"

/** Width of the table where no terminal sets one. */
const WIDE = 120

/** `quillon inspect [path]`: what was found out about a project, from which file and line, and what would change it. */
export function inspectCommand(io: Io): Command {
  return new Command("inspect")
    .description("show what Quillon finds out about a project, from where, and what would change it")
    .argument("[path]", "the project's folder", ".")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(async (path: string, { format }: { format: "text" | "json" }) => {
      const { project, settings, provenance } = await knowProject(io, resolve(io.cwd, path))
      io.stdout.write(
        format === "json"
          ? `${JSON.stringify({ schema: 1, project, settings, provenance }, null, 2)}\n`
          : inspectionTable(
              { project, settings, provenance },
              { style: createStyle(io), columns: io.isTTY ? io.columns : WIDE },
            ),
      )
    })
}
