import { type ChildProcess, execFile, spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { createInterface, type Interface } from "node:readline"
import { setTimeout as sleep } from "node:timers/promises"
import { promisify } from "node:util"
import type { Invocation } from "./quillon.js"

const QUILLON = join(import.meta.dirname, "../../quillon")
const PYTE = "pyte==0.8.2"

/** What an emulated terminal shows: its lines without blanks at their ends. */
export type Picture = readonly string[]

/** `./quillon` on an emulated terminal of 30 rows and 100 columns. */
export class Screen implements Disposable {
  readonly #driver: ChildProcess
  readonly #answers: AsyncIterator<string>
  readonly #lines: Interface

  private constructor(driver: ChildProcess) {
    this.#driver = driver
    this.#lines = createInterface({ input: driver.stdout as NodeJS.ReadableStream })
    this.#answers = this.#lines[Symbol.asyncIterator]()
  }

  static async start(args: readonly string[], { cwd, env = {} }: Invocation): Promise<Screen> {
    const program = [join(import.meta.dirname, "screen.py"), QUILLON, ...args]
    const { CI: _, ...others } = process.env
    const terminal = { TERM: "xterm-256color", LANG: "C.UTF-8", PYTHONPATH: await installPyte() }
    return new Screen(
      spawn("python3", program, { cwd, env: { ...others, ...terminal, ...env }, stdio: ["pipe", "pipe", "inherit"] }),
    )
  }

  /** The screen once it is as wanted. @throws Error with what was shown instead, after two minutes or at the end */
  async shows(wanted: (picture: Picture) => boolean): Promise<Picture> {
    let last: unknown
    for (let tries = 0; tries < 1_200; tries += 1) {
      this.#driver.stdin?.write('["show"]\n')
      last = await this.#next()
      if (!Array.isArray(last)) break
      if (wanted(last)) return last
      await sleep(100)
    }
    throw new Error(`the screen never showed it; last it was ${JSON.stringify(last, null, 1)}`)
  }

  resize(rows: number, columns: number): void {
    this.#driver.stdin?.write(`["resize", ${rows}, ${columns}]\n`)
  }

  /** Waits for the program's end. */
  async ended(): Promise<{ readonly code: number; readonly screen: Picture }> {
    for (;;) {
      const last = await this.#next()
      if (!Array.isArray(last)) return last as { code: number; screen: Picture }
    }
  }

  async #next(): Promise<unknown> {
    const { value } = await this.#answers.next()
    if (value === undefined) throw new Error("the terminal is gone")
    return JSON.parse(value)
  }

  [Symbol.dispose](): void {
    this.#lines.close()
    this.#driver.kill("SIGKILL")
  }
}

async function installPyte(): Promise<string> {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "quillon-test", "pyte")
  if (!existsSync(join(folder, "pyte"))) {
    await promisify(execFile)("python3", ["-m", "pip", "install", "--quiet", "--target", folder, PYTE])
  }
  return folder
}
