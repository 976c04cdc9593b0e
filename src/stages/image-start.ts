import { z } from "zod"
import type { Draft } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { CouldNotLook } from "../pipeline/reading.js"
import { brokenExit, couldNotLook, lastLines } from "./could-not-look.js"
import { jsonReport } from "./json-report.js"

const report = z.object({
  argv: z.array(z.string()),
  end: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("alive"), proof: z.string() }),
    z.object({ kind: z.literal("exited"), code: z.number() }),
    z.object({ kind: z.literal("signalled"), signal: z.number() }),
    z.object({ kind: z.literal("deaf"), ports: z.array(z.number()), open: z.array(z.number()) }),
    z.object({ kind: z.literal("unhealthy"), check: z.string() }),
    z.object({ kind: z.literal("unstartable"), why: z.string() }),
    z.object({ kind: z.literal("nothing") }),
  ]),
  seconds: z.number(),
})

type Start = z.infer<typeof report>

/** Whether an image works, and how that was seen. */
export interface Trial {
  readonly kind: "tried"
  readonly started: string
  readonly defect?: Pick<Draft, "rule" | "message" | "detail" | "help">
}

const NEEDS =
  "give it what it needs with image.env, image.secrets and image.services, or name a command that shows that it works with image.smoke"

/** Reads what start_image.py saw of the image's own command. */
export function readStart(execution: Execution): Trial | CouldNotLook {
  const broken = brokenExit(execution.exit, "the start of the image")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const start = jsonReport(execution, "start", report)
  if (start === undefined) {
    const next = "name a command that shows that it works with image.smoke"
    return couldNotLook(execution, { reason: "the image could not be started", next })
  }
  const defect = defectOf(start)
  const started = `${start.argv.join(" ")}: ${proofOf(start)}`
  if (defect === undefined) return { kind: "tried", started }
  const detail = lastLines(execution)
  return {
    kind: "tried",
    started,
    defect: { rule: "start", message: defect, help: NEEDS, ...(detail === "" ? {} : { detail }) },
  }
}

function proofOf({ end, seconds }: Start): string {
  if (end.kind === "alive") return `${end.proof} (${seconds} s)`
  return end.kind === "exited" && end.code === 0 ? "it ended by itself with exit code 0" : "it does not work"
}

function defectOf({ argv, end, seconds }: Start): string | undefined {
  const what = argv.join(" ")
  switch (end.kind) {
    case "alive":
      return undefined
    case "exited":
      return end.code === 0 ? undefined : `it ended with exit code ${end.code} after ${seconds} s: ${what}`
    case "signalled":
      return `it was ended by signal ${end.signal} after ${seconds} s: ${what}`
    case "deaf": {
      const others = end.open.length === 0 ? "" : ` (${end.open.join(", ")} is open)`
      return `nothing listens on port ${end.ports.join(", ")}, which it exposes, after ${seconds} s${others}: ${what}`
    }
    case "unhealthy":
      return `its health check did not pass within ${seconds} s: ${end.check}`
    case "unstartable":
      return `it could not be started: ${end.why}`
    case "nothing":
      return "it names no command: neither CMD nor ENTRYPOINT"
  }
}
