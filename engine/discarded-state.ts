import { spawn } from "node:child_process"
import { randomUUID } from "node:crypto"
import { readdir, rename } from "node:fs/promises"
import { join } from "node:path"
import type { EnginePaths } from "./paths.js"

/** What states that were moved aside are called, beside the one in use. */
const ASIDE = "discarded-"

/**
 * Whether a starting engine says that it deletes its layers. One that was killed trusts none of them, and deletes them all
 * before it answers: minutes for tens of gigabytes.
 */
export function discardsState(log: string): boolean {
  return log.includes("resetting worker and dagql persistence state")
}

/** Moves what a killed engine left out of the way of the next one; no engine may be running. */
export async function setStateAside({ state }: EnginePaths): Promise<void> {
  await rename(join(state, "dagger"), join(state, `${ASIDE}${randomUUID()}`))
}

/**
 * Starts deleting every state that was moved aside, unhurried, and waits for nothing. The process lives in the engine's
 * network namespace, so that `down` ends it like all others; the next `up` then goes on.
 */
export async function removeDiscarded({ state, netns }: EnginePaths): Promise<void> {
  const aside = (await readdir(state)).filter((name) => name.startsWith(ASIDE)).map((name) => join(state, name))
  if (aside.length === 0) return
  const remove = ["nice", "-n", "19", "rm", "--recursive", "--force", "--one-file-system", "--", ...aside]
  spawn("nsenter", [`--net=${netns}`, "--", ...remove], { cwd: "/", detached: true, stdio: "ignore" }).unref()
}
