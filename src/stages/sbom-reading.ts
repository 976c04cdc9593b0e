import { z } from "zod"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { brokenExit, couldNotLook, lastLines } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"

const report = z.object({
  components: z.number(),
  /** Names of those whose metadata tell no licence. */
  unlicensed: z.array(z.string()),
  spec: z.string(),
  version: z.string(),
})

/** Reads how many components the bill has; a bill that was not written is not an empty one. */
export function readSbom(executions: readonly Execution[], _ctx: ReadContext): Reading {
  const execution = executionOf(executions, "cyclonedx")
  const broken = brokenExit(execution.exit, "cyclonedx-py")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const written = jsonReport(execution, "sbom", report)
  if (written === undefined) {
    return couldNotLook(execution, {
      reason: `no bill of materials was written: ${lastLines(execution).split("\n").at(-1)}`,
    })
  }
  return {
    kind: "looked",
    findings: [],
    measures: {
      components: written.components,
      unlicensed: written.unlicensed,
      format: `CycloneDX ${written.spec}`,
    },
    tools: [{ name: "cyclonedx-bom", version: written.version }],
  }
}
