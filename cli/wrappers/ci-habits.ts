import type { CiSettings } from "../../src/project/settings-ci.js"

/** What a repository says of where and how it is worked on. */
export interface CiHabits {
  /** Address of the remote `origin`. */
  readonly remote: string | undefined
  /** Names of local branches and of those of `origin`, without its name. */
  readonly branches: readonly string[]
  /** The branch that `origin` has as its default. */
  readonly head: string | undefined
}

/** Settings of a repository's own, where they are not the defaults. */
export type CiProposal = Partial<Pick<CiSettings, "systems" | "branches">>

/** The settings that fit a repository; empty where the defaults do. Pure. */
export function proposeCi({ remote, branches, head }: CiHabits): CiProposal {
  const system = (["github", "gitlab"] as const).find((name) => hostOf(remote).split(/[.-]/).includes(name))
  const main = head ?? (branches.includes("main") || !branches.includes("master") ? "main" : "master")
  return {
    ...(system === undefined ? {} : { systems: [system] }),
    ...(main === "main" ? {} : { branches: [main, ...(branches.includes("develop") ? ["develop"] : [])] }),
  }
}

/** The host of `https://host/…`, `ssh://user@host/…` and `user@host:…`. */
function hostOf(remote = ""): string {
  return /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+)[/:]/i.exec(remote)?.[1]?.toLowerCase() ?? ""
}
