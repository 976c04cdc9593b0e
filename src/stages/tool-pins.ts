import { satisfies } from "@renovatebot/pep440"

/** Exact versions of the tools that Quillon runs where the project names none of its own. */
export const TOOL_PINS = {
  ruff: "0.17.6",
  mypy: "2.4.1",
  pytest: "9.2.0",
  coverage: "7.17.3",
  twine: "7.0.0",
} as const

/** A tool that {@link TOOL_PINS} pins. */
export type PinnedTool = keyof typeof TOOL_PINS

/** What to install for a tool: our pin, unless the project's own specifier does not allow it. */
export function toolRequirement(tool: PinnedTool, own: string | undefined): string {
  const ours = TOOL_PINS[tool]
  return own === undefined || satisfies(ours, own) ? `${tool}==${ours}` : `${tool}${own}`
}

/** The version that an exact requirement installs, e.g. `0.17.6` of `ruff==0.17.6`; undefined for a range. */
export function exactVersion(requirement: string): string | undefined {
  return /^[^=<>~!,*]+==([^=,*]+)$/.exec(requirement)?.[1]
}
