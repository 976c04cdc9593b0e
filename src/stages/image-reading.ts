import { z } from "zod"
import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { brokenExit, couldNotLook, lastLines } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"

const report = z.object({
  layers: z.array(z.number()),
  platform: z.string(),
  user: z.string(),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  workdir: z.string(),
  labels: z.record(z.string(), z.string()),
})

/** Reads what the image is, and whether its smoke command ended well. An image that was not started says so. */
export function readImage(executions: readonly Execution[], _ctx: ReadContext): Reading {
  const inspect = executionOf(executions, "inspect")
  const broken = brokenExit(inspect.exit, "the inspection of the image")
  if (broken !== undefined) return couldNotLook(inspect, { reason: broken })
  const found = jsonReport(inspect, "image", report)
  if (found === undefined) return couldNotLook(inspect, { reason: "the image could not be inspected" })
  const smoke = executions.find(({ command }) => command === "smoke")
  return {
    kind: "looked",
    findings: normaliseFindings(smoke === undefined ? [] : smokeDefects(smoke)),
    measures: {
      bytes: found.layers.reduce((sum, size) => sum + size, 0),
      layers: found.layers.length,
      platform: found.platform,
      user: found.user,
      command: [...found.entrypoint, ...found.command],
      started: smoke === undefined ? "not started: image.smoke names no command" : smoke.argv.join(" "),
    },
    tools: [],
  }
}

function smokeDefects(smoke: Execution): readonly Draft[] {
  const { exit } = smoke
  if (exit.kind === "exited" && exit.code === 0) return []
  const end =
    brokenExit(exit, "the smoke command") ??
    `the smoke command ended with exit code ${exit.kind === "exited" ? exit.code : "?"}`
  return [
    {
      tool: "image",
      rule: "smoke",
      severity: "error",
      message: `${end}: ${smoke.argv.join(" ")}`,
      detail: lastLines(smoke),
    },
  ]
}
