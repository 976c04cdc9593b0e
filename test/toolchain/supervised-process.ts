import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa, execaSync } from "execa"
import type { Execution } from "../../src/pipeline/command.js"
import { parseExecution } from "../../src/toolchain/execution.js"

/** The interpreter itself, because a version manager's shim costs 0.1 s at each start. */
export const PYTHON = execaSync("python3", ["-c", "import sys; print(sys.executable)"]).stdout

/** The program under test. */
export const SUPERVISE = join(import.meta.dirname, "../../src/toolchain/python/supervise.py")

/** What to run under the supervisor, here as a plain process of this machine. */
export interface Run {
  readonly argv: readonly string[]
  readonly timeout?: number
  readonly grace?: number
  readonly reports?: readonly (readonly [name: string, path: string])[]
  readonly keeps?: readonly (readonly [kind: string, path: string])[]
  readonly hide?: readonly string[]
  readonly secrets?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Whether a process lives; one that ended and that nobody waits for does not. */
export function lives(pid: string): boolean {
  try {
    return !readFileSync(`/proc/${pid.trim()}/stat`, "utf8").includes(") Z ")
  } catch {
    return false
  }
}

/** A folder for one run, removed when the test is over. */
export class Bench implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "quillon-supervise-"))
  readonly out = mkdtempSync(join(tmpdir(), "quillon-supervise-out-"))

  /** Runs to the end. @throws Error when the supervisor itself did not exit 0. */
  async run({
    argv,
    timeout = 8,
    grace = 1,
    reports = [],
    keeps = [],
    hide = [],
    secrets = [],
    environment = {},
  }: Run): Promise<Execution> {
    const spec = JSON.stringify({ out: this.out, timeout, grace, reports, keeps, hide, secrets })
    const python = ["-I", "-S", "-X", "utf8", SUPERVISE, "quillon:test@3.11:pytest", spec, "--", ...argv]
    await execa(PYTHON, python, { env: environment, cwd: this.folder })
    return parseExecution(this.text("result.json"))
  }

  /** A Python program as the command. */
  python(program: string, run: Omit<Run, "argv"> = {}): Promise<Execution> {
    return this.run({ ...run, argv: [PYTHON, "-c", program] })
  }

  /** A file that the supervisor wrote. */
  text(path: string): string {
    return readFileSync(join(this.out, path), "utf8")
  }

  has(path: string): boolean {
    return existsSync(join(this.out, path))
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
    rmSync(this.out, { recursive: true, force: true })
  }
}
