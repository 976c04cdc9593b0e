import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync, readFileSync, readlinkSync } from "node:fs"
import { join } from "node:path"
import type { Writable } from "node:stream"
import { setTimeout as sleep } from "node:timers/promises"
import type { Invocation } from "./quillon.js"

const QUILLON = join(import.meta.dirname, "../../quillon")

/** How a program on a terminal ended. */
export interface TerminalEnd {
  readonly code: number
  /** The terminal is in the mode in which it was found. */
  readonly restored: boolean
}

/** `./quillon` on a terminal of 30 rows and 100 columns, with a test before it. */
export class Terminal implements Disposable {
  readonly #driver: ChildProcess
  #facts = ""
  #seen = 0
  /** All that was shown. */
  shown = ""

  constructor(args: readonly string[], { cwd, env = {} }: Invocation) {
    this.#driver = spawn("python3", [join(import.meta.dirname, "terminal.py"), QUILLON, ...args], {
      cwd,
      env: { ...process.env, TERM: "xterm-256color", ...env },
      stdio: ["pipe", "pipe", "pipe", "pipe"],
    })
    this.#driver.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.shown += text
    })
    this.#driver.stderr?.on("data", (text) => {
      this.#facts += String(text)
    })
  }

  type(text: string): void {
    this.#driver.stdin?.write(text)
  }

  resize(rows: number, columns: number): void {
    ;(this.#driver.stdio[3] as Writable).write(`${rows} ${columns}\n`)
  }

  /** Waits until something is shown, behind what was seen before. @throws Error with what was shown, after two minutes */
  async sees(pattern: RegExp): Promise<void> {
    for (let tries = 0; tries < 2_400; tries += 1) {
      const found = pattern.exec(this.shown.slice(this.#seen))
      if (found !== null) {
        this.#seen += found.index + found[0].length
        return
      }
      if (this.#driver.exitCode !== null) break
      await sleep(50)
    }
    throw new Error(`${pattern} is not in ${JSON.stringify(this.shown.slice(this.#seen))}`)
  }

  /** The program's process. */
  get pid(): number {
    return (JSON.parse(this.#facts.split("\n")[0] ?? "") as { pid: number }).pid
  }

  async ended(): Promise<TerminalEnd> {
    if (this.#driver.exitCode === null) await once(this.#driver, "close")
    return JSON.parse(this.#facts.trim().split("\n").at(-1) ?? "") as TerminalEnd
  }

  [Symbol.dispose](): void {
    this.#driver.kill("SIGKILL")
  }
}

/** Processes that a process started. */
export function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number)
}

/** Ports at which a process listens on every address, as the tunnel of a session does. */
export function openPorts(pid: number): readonly number[] {
  const sockets = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]
    } catch {
      return undefined
    }
  })
  const lines = ["tcp", "tcp6"].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, "utf8").split("\n"))
  return lines.flatMap((line) => {
    const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/)
    const [address = "", port = ""] = local.split(":")
    return state === "0A" && /^0+$/.test(address) && sockets.includes(inode) ? [Number.parseInt(port, 16)] : []
  })
}

/** Whether a process with this word among its arguments runs on this machine, the engine's containers included. */
export function runsAnywhere(word: string): boolean {
  return readdirSync("/proc").some((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").includes(word)
    } catch {
      return false
    }
  })
}
