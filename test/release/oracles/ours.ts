import { planRelease } from "../../../src/release/plan-release.js"
import { chooseStart } from "../../../src/release/tags.js"
import { gatherGitFacts } from "../../../src/targets/git-facts.js"
import { localGit } from "../../git/repository.js"
import { factsOf, NOW, policy } from "../fixture.js"

/** What Quillon decides on a repository: the version, null for nothing, and by how much it grows. */
export async function askQuillon(
  folder: string,
): Promise<{ readonly version: string | null; readonly level: string | null; readonly since: string | null }> {
  const facts = await gatherGitFacts(localGit(folder), { start: (tags) => chooseStart(tags, "v{version}") })
  const plan = await planRelease({ ...factsOf({}), ...facts }, policy(), NOW)
  if (plan.kind === "refused") throw new Error(plan.message)
  if (plan.kind === "nothing") return { version: null, level: null, since: facts.since }
  return { version: plan.version.semver, level: plan.why.level, since: facts.since }
}
