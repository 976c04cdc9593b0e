import { QuillonError } from "../errors.js"
import { BASELINE_FILE, type Baseline, parseBaseline } from "../findings/baseline.js"
import type { ProjectFiles } from "../project/files.js"
import type { Settings } from "../project/settings.js"

/**
 * The project's baseline: the file that the setting names, else the one of the usual name where there is one.
 *
 * @throws QuillonError NO_BASELINE where the named file is not there, BROKEN_BASELINE
 */
export async function loadBaseline(
  files: Pick<ProjectFiles, "read">,
  { baseline }: Pick<Settings, "baseline">,
): Promise<Baseline | undefined> {
  const file = baseline ?? BASELINE_FILE
  const text = await files.read(file)
  if (text !== undefined) return parseBaseline(text, file)
  if (baseline === undefined) return undefined
  throw new QuillonError({
    code: "NO_BASELINE",
    message: `the setting baseline names ${file}, and there is no such file`,
    next: "quillon baseline write",
    kind: "usage",
  })
}
