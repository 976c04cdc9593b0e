import { spawn } from "node:child_process"
import { QuillonError } from "../src/errors.js"

/** Milliseconds after which a program that has not complained is taken to have opened the file. */
const PATIENCE_MS = 2_000

/** The program that opens a file as a person would, with its arguments. Pure. */
export function opener(platform: NodeJS.Platform, file: string): readonly [string, ...string[]] {
  if (platform === "darwin") return ["open", file]
  if (platform === "win32") return ["explorer.exe", file]
  return ["xdg-open", file]
}

/** Opens a file in the program that the desktop has for it. @throws QuillonError CANT_OPEN */
export async function openFile([program, ...args]: readonly [string, ...string[]], file: string): Promise<void> {
  const why = await new Promise<string | undefined>((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: "ignore" })
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
    const end = (answer: string | undefined) => {
      clearTimeout(timer)
      resolve(answer)
    }
    child.once("error", ({ message }) => end(message))
    // explorer.exe ends with 1 when all is well.
    child.once("exit", (code) =>
      end(code === 0 || program === "explorer.exe" ? undefined : `${program} ended with exit code ${code}`),
    )
    child.unref()
  })
  if (why === undefined) return
  throw new QuillonError({
    code: "CANT_OPEN",
    message: `nothing here opens ${file}: ${why}`,
    next: `open ${file} in a browser`,
    kind: "environment",
  })
}
