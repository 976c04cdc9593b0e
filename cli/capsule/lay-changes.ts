import { lstat, mkdir, rm, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import type { ChangedFile } from "../../src/capsule/schema.js"
import { QuillonError } from "../../src/errors.js"

/**
 * Lays changed files over a tree. A capsule comes from somewhere else: no path leaves the tree, neither by its name nor
 * through a link, and git's own folder is no part of it.
 *
 * @throws QuillonError UNSAFE_CAPSULE
 */
export async function layChanges(root: string, files: readonly ChangedFile[]): Promise<void> {
  // Links last: nothing that is written may go through one of them.
  const ordered = [...files].sort((a, b) => Number(a.kind === "link") - Number(b.kind === "link"))
  for (const file of ordered) {
    const place = await safePlace(root, file.path)
    await rm(place, { recursive: true, force: true })
    if (file.kind === "gone") continue
    await mkdir(dirname(place), { recursive: true })
    if (file.kind === "link") await symlink(file.target, place)
    else {
      const content = file.kind === "text" ? file.text : Buffer.from(file.base64, "base64")
      await writeFile(place, content, { flag: "wx", mode: file.executable ? 0o755 : 0o644 })
    }
  }
}

async function safePlace(root: string, path: string): Promise<string> {
  const parts = path.split(/[/\\]/)
  const odd = (part: string) => part === "" || part === "." || part === ".." || part.toLowerCase() === ".git"
  if (parts.some(odd) || path.includes("\0")) throw unsafe(path)
  let place = root
  for (const part of parts.slice(0, -1)) {
    place = join(place, part)
    const found = await lstat(place).catch(() => undefined)
    if (found === undefined) break
    if (found.isSymbolicLink()) throw unsafe(path)
    // A file of the commit that became a folder.
    if (!found.isDirectory()) await rm(place)
  }
  return join(root, path)
}

function unsafe(path: string): QuillonError {
  return new QuillonError({
    code: "UNSAFE_CAPSULE",
    message: `the capsule wants to write ${JSON.stringify(path)}, which is not in the project`,
    next: "do not open it: no run writes such a capsule",
    kind: "usage",
  })
}
