import { execa } from "execa"

/** How a git program ended. */
export interface GitEnd {
  readonly ok: boolean
  readonly stdout: string
  /** Its last line on standard error. */
  readonly said: string
}

/** Runs git in a folder; it may ask for a password on the terminal. Never rejects for an exit code. */
export async function runGit(folder: string, args: readonly string[], signal?: AbortSignal): Promise<GitEnd> {
  const options = { reject: false, stdin: "ignore", ...(signal === undefined ? {} : { cancelSignal: signal }) } as const
  const { failed, stdout, stderr, shortMessage } = await execa("git", ["-C", folder, ...args], options)
  const lines = stderr.split("\n").filter((line) => line.trim() !== "")
  return { ok: !failed, stdout, said: lines.at(-1)?.trim() ?? (failed ? (shortMessage ?? "") : "") }
}
