import { git } from "../git-facts.js"
import type { Io } from "../io.js"

/** Who makes the release commit: the person of git's configuration, else who started the job, else Quillon. */
export async function releasePerson(
  env: Io["env"],
  folder: string,
): Promise<{ readonly name: string; readonly email: string }> {
  const [name, email] = await Promise.all(
    ["user.name", "user.email"].map(async (key) => (await git(folder, ["config", "--get", key]))?.trim()),
  )
  if (name && email) return { name, email }
  const { GITLAB_USER_NAME: gitlabName, GITLAB_USER_EMAIL: gitlabEmail } = env
  if (gitlabName && gitlabEmail) return { name: gitlabName, email: gitlabEmail }
  if (env.GITHUB_ACTIONS === "true") {
    // The account under which GitHub shows commits of its jobs.
    return { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" }
  }
  return { name: "quillon", email: "quillon@localhost" }
}
