import type { Changeset, Directory } from "@dagger.io/dagger"
import { applyEdits, byFile, type Edit } from "../release/version/edits.js"

/**
 * The folder with edits applied, as changes that the caller may write or refuse; files keep their modes.
 *
 * @throws QuillonError FILE_CHANGED when a file no longer says what it said when the edits were made.
 */
export async function changeFolder(folder: Directory, edits: readonly Edit[]): Promise<Changeset> {
  const changed = await Promise.all(
    [...byFile(edits)].map(async ([path, own]) => {
      const [text, mode] = await Promise.all([folder.file(path).contents(), folder.stat(path).permissions()])
      const bytes = applyEdits(new TextEncoder().encode(text), own)
      return { path, mode: mode & 0o777, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) }
    }),
  )
  return changed
    .reduce((after, { path, text, mode }) => after.withNewFile(path, text, { permissions: mode }), folder)
    .changes(folder)
}
