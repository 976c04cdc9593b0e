import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { QuillonError } from "../src/errors.js"
import type { EnginePaths } from "./paths.js"

/** How a log is printed. */
export interface FollowRequest {
  readonly write: (text: string) => void
  /** `interrupt` goes on with what is written later, also by the next engine. */
  readonly until: "end" | "interrupt"
  readonly control: { readonly interrupts: (listener: () => void) => void }
}

/** Prints the log of the engine (its last thousand lines). */
export function followLog(paths: EnginePaths, request: FollowRequest): Promise<void> {
  const log = join(paths.logs, "engine.log")
  if (!existsSync(log)) {
    throw new QuillonError({
      code: "ENGINE_NO_LOG",
      message: `${log} is not there: no engine has run`,
      next: "quillon engine up",
      kind: "environment",
    })
  }
  const follow = request.until === "interrupt" ? ["-F"] : []
  const tail = spawn("tail", ["-n", "1000", ...follow, log], { stdio: ["ignore", "pipe", "ignore"] })
  request.control.interrupts(() => tail.kill())
  tail.stdout.on("data", (chunk: Buffer) => request.write(chunk.toString("utf8")))
  return new Promise((resolve, reject) => {
    tail.once("error", reject)
    tail.once("close", () => resolve())
  })
}
