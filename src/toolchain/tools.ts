import { TOOL_LOCKS } from "./tool-locks.js"

/** Our pin of a tool, e.g. `ruff==0.17.6`. @throws RangeError for a tool that is not ours. */
export function pinOf(tool: string): string {
  const pin = Object.keys(TOOL_LOCKS).find((key) => key.startsWith(`${tool}==`))
  if (pin === undefined) throw new RangeError(`"${tool}" is not among our tools: ${Object.keys(TOOL_LOCKS).join(", ")}`)
  return pin
}

/** The pin of auditwheel that runs on an interpreter `X.Y`: it works in the interpreter's own container. */
export function auditwheelFor(python: string): string {
  return python === "3.9" ? "auditwheel==6.4.2" : pinOf("auditwheel")
}

/** How tools are installed: those that our lock knows by hash, others (a project's own pin) as the index resolves them. */
export interface ToolPlan {
  /** Text of a requirements file with hashes; absent when the lock knows none of the tools. */
  readonly locked?: string
  readonly unlocked: readonly string[]
}

/** Parts the pins that our lock knows from those that it does not. */
export function planTools(pins: readonly string[]): ToolPlan {
  const known = pins.filter((pin) => pin in TOOL_LOCKS)
  const unlocked = pins.filter((pin) => !(pin in TOOL_LOCKS))
  if (known.length === 0) return { unlocked }
  const lines = known.flatMap((pin) => (TOOL_LOCKS[pin] ?? "").trimEnd().split("\n"))
  return {
    locked: [...new Set(lines)]
      .sort()
      .map((line) => `${line}\n`)
      .join(""),
    unlocked,
  }
}
