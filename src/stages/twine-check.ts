import type { Draft } from "../findings/normalise.js"
import type { Settings } from "../project/settings.js"
import type { BuildReport } from "./build-report.js"

/**
 * Reads `twine check --strict`. What an index refuses is a defect. What only `--strict` minds (no long description, no
 * content type) is told, and is a defect under `policy = "strict"`: every index takes such a file.
 */
export function readTwine(
  { twine }: Pick<BuildReport, "twine">,
  { policy }: Pick<Settings, "policy">,
): readonly Draft[] {
  const drafts = twine.flatMap(({ output, exit }): readonly Draft[] => {
    const said = [...output.matchAll(/\b(ERROR|WARNING) (.*?)(?=\s(?:ERROR|WARNING|Checking) |$)/g)]
    if (exit !== 0 && said.length === 0) return [draft("description", `twine check refused: ${output}`, "warning")]
    return said.map(([, level, message = ""]) =>
      level === "ERROR"
        ? draft("description", message, "warning")
        : draft("description-unsaid", message, policy === "strict" ? "warning" : "note"),
    )
  })
  // The sdist and the wheel mostly say the same.
  return drafts.filter(({ message }, index) => drafts.findIndex((each) => each.message === message) === index)
}

function draft(rule: string, message: string, severity: Draft["severity"]): Draft {
  return { tool: "twine", rule, severity, message }
}
