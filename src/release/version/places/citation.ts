import type { Spot } from "../place.js"
import { yamlScalar } from "./yaml-scalar.js"

/** The version of `CITATION.cff` itself, not that of a reference in it. */
export function citationSpots(text: string): readonly Spot[] {
  const spot = yamlScalar(text, "version")
  return spot === undefined ? [] : [{ name: "citation", ...spot, dialect: "semver" }]
}
