import type { GitRepository } from "@dagger.io/dagger"
import type { TagFacts } from "../release/version/tag-facts.js"

/** What the engine's git says of the caller's repository. */
export interface RepositoryFacts {
  readonly commit: string | null
  readonly tags: TagFacts
}

/** Outside a repository. */
export const NO_REPOSITORY: RepositoryFacts = { commit: null, tags: { kind: "no-git" } }

/** Reads commit and reachable tags; one that can't be read is hidden, never absent. */
export async function readRepository(repository: GitRepository): Promise<RepositoryFacts> {
  try {
    const head = repository.head()
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
    return { commit: null, tags: { kind: "hidden", reason, next: "git status tells whether the repository is whole" } }
  }
}
