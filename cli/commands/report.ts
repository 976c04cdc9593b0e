import { join, resolve } from "node:path"
import { Command } from "commander"
import type { Io } from "../io.js"
import { typedPath } from "../run-results.js"

/** `quillon report [run]`: a run as one page of HTML. */
export function reportCommand(io: Io): Command {
  return new Command("report")
    .description("write a run as one page of HTML that needs nothing else")
    .argument("[run]", "id or folder of a run, or folder of a project; the newest run here when absent")
    .option("-o, --output <file>", "where to write it, - for the standard output; into the run's folder when absent")
    .option("--open", "open it in the browser")
    .action(async (wanted: string | undefined, options: { output?: string; open?: true }) => {
      const { findRun } = await import("../report-page/find-run.js")
      const { readRun } = await import("../report-page/read-run.js")
      const { renderPage } = await import("../report-page/page.js")
      const { PAGE_FILE } = await import("../report-page/write-page.js")
      const { writeOutput } = await import("../write-output.js")
      const folder = await findRun(io, wanted)
      const page = await readRun(folder)
      const text = renderPage(page)
      if (options.output === "-") return void io.stdout.write(text)
      const file = options.output === undefined ? join(folder, PAGE_FILE) : resolve(io.cwd, options.output)
      await writeOutput(file, text)
      const state = page.ended ? page.report.outcome : "did not end"
      io.stdout.write(`${typedPath(file, io.cwd)}: run ${page.report.id}, ${state}\n`)
      if (!options.open) return
      const { openFile, opener } = await import("../open-file.js")
      await openFile(opener(process.platform, file), file)
    })
}
