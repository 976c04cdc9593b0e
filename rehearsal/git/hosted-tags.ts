import type { HostedTags } from "../github/scene.js"
import type { GitRemoteServer } from "./git-remote.js"

/** The tags of a remote, for the forge that hosts it. */
export function tagsOf({ git }: Pick<GitRemoteServer, "git">): HostedTags {
  const works = (args: readonly string[]) =>
    git(args).then(
      () => true,
      () => false,
    )
  return {
    has: (tag) => works(["rev-parse", "--verify", "--quiet", `refs/tags/${tag}`]),
    create: (tag, target) => works(["update-ref", `refs/tags/${tag}`, `${target}^{commit}`, ""]),
  }
}
