import type { Io } from "../io.js"
import type { RunLook } from "../run-request.js"

/** Who reads: a program, nobody, a person at a terminal, a plain log, or the log of a CI system with its own marks. */
export type BoardKind = "json" | "silent" | "live" | "plain" | "github" | "gitlab"

/** Boards that can be asked for by name. */
export const BOARDS = ["auto", "live", "plain", "github", "gitlab"] as const

/** The board that suits what was asked for and who reads; a CI system names itself in its environment. Pure. */
export function boardKind({ env, isTTY }: Pick<Io, "env" | "isTTY">, look: RunLook): BoardKind {
  if (look.json) return "json"
  if (look.plain) return "plain"
  if (look.board !== undefined && look.board !== "auto") return look.board
  if (env.GITHUB_ACTIONS === "true") return "github"
  if (env.GITLAB_CI === "true") return "gitlab"
  if (look.quiet) return "silent"
  return isTTY ? "live" : "plain"
}

/** Where the log of a job is all that a person sees, and nobody types. */
export function isJobLog(kind: BoardKind): boolean {
  return kind === "github" || kind === "gitlab"
}

/** The file as which a person gets the artifact of a job that `quillon wrappers` wrote. */
export function archiveOf(kind: BoardKind): string | undefined {
  return kind === "github" ? "quillon.zip" : kind === "gitlab" ? "artifacts.zip" : undefined
}
