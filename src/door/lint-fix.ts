import type { Changeset } from "@dagger.io/dagger"
import { definePipeline } from "../pipeline/pipeline.js"
import { fixLint } from "../stages/fix-lint.js"
import { FIXED_FILES, fixedFiles } from "../stages/fix-lint-reading.js"
import { callerOf, folderOf, type ModuleCall } from "./module-caller.js"
import { runModule } from "./run-module.js"
import { describeTrouble } from "./verdict.js"

/**
 * What ruff would fix, as changes that the caller may write or refuse; files keep their modes.
 *
 * @throws Error whose message begins with `could not look:` where ruff could not work
 */
export async function fixOf(call: ModuleCall): Promise<Changeset> {
  const { report, artifacts } = await runModule(await callerOf(call), { pipeline: definePipeline([fixLint]) })
  if (report.outcome === "errored") throw new Error(describeTrouble(report))
  const folder = folderOf(call)
  const changed = await Promise.all(
    report.cells.flatMap((cell) =>
      fixedFiles(cell).map(async ({ path }) => ({
        path,
        file: artifacts.file(`${cell.stage}/${FIXED_FILES}/${path}`),
        permissions: (await folder.stat(path).permissions()) & 0o777,
      })),
    ),
  )
  return changed
    .reduce((after, { path, file, permissions }) => after.withFile(path, file, { permissions }), folder)
    .changes(folder)
}
