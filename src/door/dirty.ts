import type { Directory } from "@dagger.io/dagger"

/** A work tree that may have changes. */
export interface WorkTree {
  /** With its `.git`. */
  readonly tree: Directory
  /** True where a file is there although the tree does not show it: one that git tracks and ignores at once. */
  readonly hides: (path: string) => Promise<boolean>
}

/**
 * Whether a work tree differs from its commit, as the engine's git sees it; null where that can't be told: without a
 * commit, in a linked work tree, and where filters (git-lfs) store other bytes than they show.
 */
export async function readDirty({ tree, hides }: WorkTree): Promise<boolean | null> {
  try {
    const changes = tree.asGit().uncommitted()
    const [attributes, added, modified, removed] = await Promise.all([
      textOf(tree, ".gitattributes"),
      changes.addedPaths(),
      changes.modifiedPaths(),
      changes.removedPaths(),
    ])
    if (/\bfilter=/.test(attributes)) return null
    if (files([...added, ...modified]).length > 0) return true
    const hidden = await Promise.all(files(removed).map(hides))
    return hidden.includes(false)
  } catch {
    return null
  }
}

/** git knows no folders; one of which everything is ignored is still there, and empty. */
function files(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !path.endsWith("/"))
}

async function textOf(tree: Directory, path: string): Promise<string> {
  return (await tree.exists(path)) ? tree.file(path).contents() : ""
}
