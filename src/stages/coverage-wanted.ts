import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { demandsCoverage } from "./policy.js"

/**
 * Whether tests run under coverage: where the project configures it, or a minimum is set. Measuring costs about half
 * as much again, and can change what a test sees, so nobody pays it unasked.
 */
export function measuresCoverage({ tests }: Project, settings: Settings): boolean {
  if (!settings.coverage.enabled) return false
  return tests.coverageConfigured || demandsCoverage(settings)
}
