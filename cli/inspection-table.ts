import type { Inspection } from "../src/project/inspect.js"
import type { Evidence } from "../src/project/project.js"
import { variableOf } from "../src/project/setting-keys.js"
import type { SettingSource } from "../src/project/settings-layers.js"
import { neutralise } from "./neutralise.js"
import { pad, type Style, widthOf } from "./style.js"

/** How the table is drawn. */
export interface TableLook {
  readonly style: Style
  /** Width of the terminal in cells. */
  readonly columns: number
}

/** Cells of the widest column of values; longer ones are broken between words. */
const VALUE_WIDTH = 56

/** Facts that stand together, by what a person asks; facts that nobody named here come first. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  Build: ["build backend", "extension modules", "command", "Dockerfile"],
  "What is installed": ["dependencies", "test dependencies", "typing dependencies", "lock"],
  Tools: ["ruff", "black", "mypy", "bandit", "pytest", "coverage"],
}

/** What was found out about a project, from which file and line, and what would change it. */
export function inspectionTable(inspection: Inspection, look: TableLook): string {
  const { project, provenance } = inspection
  const { style } = look
  const facts = project.evidence.filter(({ fact }) => fact !== "contradiction")
  const warnings = project.evidence.filter(({ fact }) => fact === "contradiction")
  const version = project.version === undefined ? "" : ` ${project.version}`
  return [
    `${style.strong(neutralise(project.name + version))} ${style.quiet(project.kind)}`,
    "",
    ...sectionLines(facts, look),
    ...(warnings.length === 0 ? [] : ["", style.strong("Contradictions"), ...factLines(warnings, warnings, look)]),
    ...settingLines(inspection.settings, provenance, look),
    "",
  ].join("\n")
}

function sectionLines(facts: readonly Evidence[], look: TableLook): readonly string[] {
  const named = new Set(Object.values(SECTIONS).flat())
  const first = facts.filter(({ fact }) => !named.has(fact))
  const others = Object.entries(SECTIONS).flatMap(([title, names]) => {
    const inside = names.flatMap((name) => facts.filter(({ fact }) => fact === name))
    return inside.length === 0 ? [] : ["", look.style.strong(title), ...factLines(inside, facts, look)]
  })
  return [...factLines(first, facts, look), ...others]
}

/** Lines of some facts, in columns that all of them share. */
function factLines(facts: readonly Evidence[], all: readonly Evidence[], look: TableLook): readonly string[] {
  const { style, columns } = look
  const first = Math.max(...all.map(({ fact }) => widthOf(fact)))
  const room = columns - first - Math.max(...all.map((evidence) => widthOf(neutralise(placeOf(evidence))))) - 6
  const second = Math.min(Math.max(20, room), VALUE_WIDTH, Math.max(...all.map(({ value }) => widthOf(value))))
  const indent = " ".repeat(first + 4)
  return facts.flatMap((evidence) => {
    const [head = "", ...rest] = breakText(neutralise(evidence.value), second)
    const line = `  ${pad(evidence.fact, first)}  ${pad(head, second)}  ${style.quiet(neutralise(placeOf(evidence)))}`
    const change =
      evidence.change === undefined ? [] : breakText(`change: ${evidence.change}`, Math.max(40, columns - first - 4))
    return [line.trimEnd(), ...rest.map((text) => indent + text), ...change.map((text) => indent + style.quiet(text))]
  })
}

function placeOf({ setBy, origin }: Evidence): string {
  return setBy === undefined ? originText(origin) : `setting ${setBy}`
}

function originText(origin: Evidence["origin"]): string {
  if (origin === "default") return "by default"
  return origin.line === undefined ? origin.file : `${origin.file}:${origin.line}`
}

function settingLines(
  settings: Inspection["settings"],
  provenance: Inspection["provenance"],
  { style }: TableLook,
): readonly string[] {
  const keys = Object.keys(provenance)
  if (keys.length === 0) {
    return [
      "",
      style.quiet(`  all settings at their defaults; ${variableOf("python.versions")} or [tool.quillon] sets them`),
    ]
  }
  const width = Math.max(...keys.map(widthOf))
  const lines = keys.map((key) => {
    const source = provenance[key]
    const value = key.split(".").reduce<unknown>((inner, part) => (inner as Record<string, unknown>)?.[part], settings)
    return `  ${pad(key, width)}  ${neutralise(JSON.stringify(value) ?? "")}  ${style.quiet(source === undefined ? "" : sourceOf(source))}`
  })
  return ["", style.strong("Settings"), ...lines]
}

function sourceOf(source: SettingSource): string {
  switch (source.kind) {
    case "file":
      return originText(source.origin)
    case "environment":
      return source.variable
    case "flag":
      return "on the command line"
  }
}

/** Lines of at most a width, broken between words; a longer word stands alone. */
export function breakText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`
    if (line !== "" && widthOf(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}
