import type { Directory } from "@dagger.io/dagger"
import type { TagFacts } from "../release/version/tag-facts.js"

/** What the engine's git says of the caller's repository. */
export interface RepositoryFacts {
  readonly commit: string | null
  readonly tags: TagFacts
}

/** Outside a repository. */
export const NO_REPOSITORY: RepositoryFacts = { commit: null, tags: { kind: "no-git" } }

/** Files below `.git` whose presence says that history is not all there. */
const CUTS = [".git/shallow", ".git/info/grafts"] as const

/** What to do about a clone that has not all history. */
const UNSHALLOW = "git fetch --unshallow --tags; in CI: fetch-depth: 0 (GitHub), GIT_DEPTH: 0 (GitLab)"

/**
 * Reads commit and reachable tags of a work tree with its `.git`; one that can't be read is hidden, never absent.
 *
 * @param unshallow what its owner does where it is a shallow clone
 */
export async function readRepository(tree: Directory, unshallow = UNSHALLOW): Promise<RepositoryFacts> {
  try {
    const repository = tree.asGit()
    const head = repository.head()
    const there = await Promise.all(CUTS.map((path) => tree.exists(path)))
    const cuts = CUTS.filter((_, index) => there[index])
    if (cuts.length > 0) return { commit: await head.commit(), tags: hidden(...cutBy(cuts, unshallow)) }
    const [commit, names] = await Promise.all([head.commit(), repository.tags()])
    const tags = await Promise.all(
      names.map(async (name) => {
        const tag = repository.tag(name)
        const [marked, common] = await Promise.all([tag.commit(), head.commonAncestor(tag).commit()])
        return marked === common ? [{ name: name.replace(/^refs\/tags\//, ""), commit: marked }] : []
      }),
    )
    return { commit, tags: { kind: "seen", tags: tags.flat(), head: commit } }
  } catch (error) {
    const reason = `the engine could not read the repository: ${error instanceof Error ? error.message : String(error)}`
    return { commit: null, tags: hidden(reason, "git status tells whether the repository is whole") }
  }
}

function cutBy(cuts: readonly string[], unshallow: string): [reason: string, next: string] {
  return cuts.includes(".git/shallow")
    ? ["this clone is shallow, so its tags can't be trusted", unshallow]
    : ["history is cut by grafts, so what HEAD can reach can't be told", "remove .git/info/grafts"]
}

function hidden(reason: string, next: string): TagFacts {
  return { kind: "hidden", reason, next }
}
