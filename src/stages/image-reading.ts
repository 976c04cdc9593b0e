import { z } from "zod"
import { normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { brokenExit, couldNotLook, lastLines } from "./could-not-look.js"
import { readStart, type Trial } from "./image-start.js"
import { executionOf, jsonReport } from "./json-report.js"

const report = z.object({
  digest: z.string(),
  layers: z.array(z.number()),
  platform: z.string(),
  user: z.string(),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  workdir: z.string(),
  labels: z.record(z.string(), z.string()),
  ports: z.array(z.string()),
  healthcheck: z.array(z.string()),
})

/** Reads what the image is, and whether it works: its smoke command, or its own start. */
export function readImage(executions: readonly Execution[], _ctx: ReadContext): Reading {
  const inspect = executionOf(executions, "inspect")
  const broken = brokenExit(inspect.exit, "the inspection of the image")
  if (broken !== undefined) return couldNotLook(inspect, { reason: broken })
  const found = jsonReport(inspect, "image", report)
  if (found === undefined) return couldNotLook(inspect, { reason: "the image could not be inspected" })
  const smoke = executions.find(({ command }) => command === "smoke")
  const trial = smoke === undefined ? readStart(executionOf(executions, "start")) : readSmoke(smoke)
  if (trial.kind === "errored") return trial
  const { defect, started } = trial
  return {
    kind: "looked",
    findings: normaliseFindings(defect === undefined ? [] : [{ tool: "image", severity: "error", ...defect }]),
    measures: {
      digest: found.digest,
      bytes: found.layers.reduce((sum, size) => sum + size, 0),
      layers: found.layers,
      platform: found.platform,
      user: found.user,
      command: [...found.entrypoint, ...found.command],
      labels: found.labels,
      started,
    },
    tools: [],
  }
}

function readSmoke(smoke: Execution): Trial {
  const { exit } = smoke
  const started = smoke.argv.join(" ")
  if (exit.kind === "exited" && exit.code === 0) return { kind: "tried", started }
  const end =
    brokenExit(exit, "the smoke command") ??
    `the smoke command ended with exit code ${exit.kind === "exited" ? exit.code : "?"}`
  return {
    kind: "tried",
    started,
    defect: { rule: "smoke", message: `${end}: ${started}`, detail: lastLines(smoke) },
  }
}
