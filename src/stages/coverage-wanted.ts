import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"

/** Per cent that `policy = "strict"` demands to be exceeded. */
export const STRICT_MINIMUM = 90

/**
 * Whether tests run under coverage: where the project configures it, or a minimum is set. Measuring costs about half
 * as much again, and can change what a test sees, so nobody pays it unasked.
 */
export function measuresCoverage({ tests }: Project, settings: Settings): boolean {
  if (!settings.coverage.enabled) return false
  return tests.coverageConfigured || settings.coverage.minimum !== undefined || settings.policy === "strict"
}
