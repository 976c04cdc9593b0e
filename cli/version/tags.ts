import { dirname, join } from "node:path"
import type { Tag, TagFacts } from "../../src/release/version/tag-facts.js"
import { git } from "../git-facts.js"
import { isThere } from "../is-there.js"

const FORMAT = "%(refname:strip=2)%00%(objectname)%00%(*objectname)"

/** The tags that HEAD can reach, by the git of this machine; hidden where history is not all there. */
export async function readTags(folder: string): Promise<TagFacts> {
  const state = await git(folder, ["rev-parse", "--is-shallow-repository", "--git-path", "info/grafts"])
  if (state === undefined) return withoutGit(folder)
  const [shallow, grafts = ""] = state.split("\n")
  if (shallow === "true") {
    return hidden(
      "this clone is shallow, so its tags can't be trusted",
      "git fetch --unshallow --tags; in CI: fetch-depth: 0 (GitHub), GIT_DEPTH: 0 (GitLab)",
    )
  }
  if (await isThere(join(folder, grafts))) {
    return hidden("history is cut by grafts, so what HEAD can reach can't be told", `remove ${grafts}`)
  }
  const head = await git(folder, ["rev-parse", "--quiet", "--verify", "HEAD^{commit}"])
  if (head === undefined) return { kind: "seen", tags: [], head: null }
  const listed = await git(folder, [
    "--no-replace-objects",
    ...["for-each-ref", "--merged=HEAD", `--format=${FORMAT}`, "refs/tags"],
  ])
  if (listed === undefined) return hidden("git could not list the tags", "git tag --merged HEAD tells why")
  return { kind: "seen", tags: parseTags(listed), head: head.trim() }
}

/** Reads lines of name, object, and the commit that an annotated tag points to. Pure. */
export function parseTags(listed: string): readonly Tag[] {
  return listed.split("\n").flatMap((line) => {
    const [name = "", object = "", commit = ""] = line.split("\0")
    return name === "" ? [] : [{ name, commit: commit === "" ? object : commit }]
  })
}

/** A folder without repository has no tags; one whose repository git refuses may have some. */
async function withoutGit(folder: string): Promise<TagFacts> {
  for (let at = folder; ; at = dirname(at)) {
    if (await isThere(join(at, ".git"))) {
      return hidden("git can't read the repository", `git -C ${at} status tells why`)
    }
    if (dirname(at) === at) return { kind: "no-git" }
  }
}

function hidden(reason: string, next: string): TagFacts {
  return { kind: "hidden", reason, next }
}
