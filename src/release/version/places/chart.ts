import type { Spot } from "../place.js"
import { yamlScalar } from "./yaml-scalar.js"

/** `appVersion` of a Helm chart; the chart's own `version` counts changes of the chart. */
export function chartSpots(text: string): readonly Spot[] {
  const spot = yamlScalar(text, "appVersion")
  return spot === undefined ? [] : [{ name: "Helm appVersion", ...spot, dialect: "semver" }]
}

/** The name that a chart gives itself. */
export function chartName(text: string): string | undefined {
  return yamlScalar(text, "name")?.text
}
