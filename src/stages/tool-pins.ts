import { satisfies } from "@renovatebot/pep440"

/** Exact versions of the tools that Quillon runs where the project names none of its own. */
export const TOOL_PINS = {
  ruff: "0.17.6",
  mypy: "2.4.1",
  bandit: "1.9.4",
  "pip-audit": "2.10.1",
  twine: "7.0.0",
  pytest: "9.2.0",
  coverage: "7.17.3",
  "cyclonedx-bom": "7.5.0",
  safety: "3.8.1",
} as const

/** A tool that {@link TOOL_PINS} pins. */
export type PinnedTool = keyof typeof TOOL_PINS

/** Our own pin of a tool, e.g. `ruff==0.17.6`. */
export function ourRequirement(tool: PinnedTool): string {
  return `${tool}==${TOOL_PINS[tool]}`
}

/** What to install for a tool: our pin, unless the project's own specifier does not allow it. */
export function toolRequirement(tool: PinnedTool, own: string | undefined): string {
  return own === undefined || satisfies(TOOL_PINS[tool], own) ? ourRequirement(tool) : `${tool}${own}`
}

/** The version that an exact requirement installs, e.g. `0.17.6` of `ruff==0.17.6`; undefined for a range. */
export function exactVersion(requirement: string): string | undefined {
  return /^[^=<>~!,*]+==([^=,*]+)$/.exec(requirement)?.[1]
}
