import { git } from "../git-facts.js"
import type { CiHabits } from "./ci-habits.js"

/** Asks git; a folder outside git has no habits. */
export async function readCiHabits(folder: string): Promise<CiHabits> {
  const ask = async (...args: readonly string[]) => ((await git(folder, args)) ?? "").trim()
  const [remote, head, local, tracked] = await Promise.all([
    ask("remote", "get-url", "origin"),
    ask("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"),
    ask("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads"),
    ask("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/origin"),
  ])
  return {
    remote: remote === "" ? undefined : remote,
    branches: [...new Set(`${local}\n${tracked}`.split("\n").filter((name) => name !== ""))],
    head: head === "" ? undefined : head.replace("refs/remotes/origin/", ""),
  }
}
