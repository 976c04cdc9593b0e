import { git } from "../git-facts.js"
import type { Io } from "../io.js"

/** Variables in which CI systems say the branch of a checkout that is on none (GitHub Actions, GitLab). */
const CI_BRANCHES = ["GITHUB_REF_NAME", "CI_COMMIT_BRANCH"]

/** The branch that is planned for: that of the checkout, else what the CI system says; null where nobody knows. */
export async function branchOf({ env }: Pick<Io, "env">, folder: string): Promise<string | null> {
  const own = await git(folder, ["symbolic-ref", "--quiet", "--short", "HEAD"])
  if (own !== undefined && own.trim() !== "") return own.trim()
  if (env.GITHUB_REF_NAME !== undefined && env.GITHUB_REF_TYPE !== "branch") return null
  for (const name of CI_BRANCHES) if (env[name]) return env[name] ?? null
  return null
}
