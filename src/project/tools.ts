import { compare, valid } from "@renovatebot/pep440"
import { readExtras } from "./extras.js"
import { readGroups } from "./groups.js"
import { markdownPassedOver } from "./markdown.js"
import { mayNeedTests } from "./mypy-configuration.js"
import type { Evidence, Origin, Project, ToolFacts } from "./project.js"
import { readPytestConfig } from "./pytest-config.js"
import { requirementName, requirementSpecifier } from "./requirement.js"
import { requirementsFiles } from "./requirement-files.js"
import type { Snapshot } from "./snapshot.js"
import { coverageOrigin } from "./tests.js"

/** Tools that stages run and that projects configure and pin. */
export const TOOLS = ["ruff", "black", "mypy", "pytest", "coverage", "bandit"] as const

/** One of the tools. */
export type Tool = (typeof TOOLS)[number]

/** Hooks of pre-commit whose revision is the version of a tool. */
const HOOKS: Partial<Record<Tool, RegExp>> = {
  ruff: /repo:\s*\S*(?:ruff-pre-commit)/,
  black: /repo:\s*\S*\/psf\/black(?:-pre-commit-mirror)?/,
  mypy: /repo:\s*\S*mirrors-mypy/,
  bandit: /repo:\s*\S*PyCQA\/bandit/i,
}

/** What the project says about each tool; a tool it says nothing about is absent. */
export function readTools(snapshot: Snapshot): Project["tools"] {
  const tools: Partial<Record<Tool, ToolFacts>> = {}
  const pins = pinsInRequirements(snapshot)
  for (const tool of TOOLS) {
    const configured = configurationOf(snapshot, tool)
    const held = pins.get(tool) ?? pinInLock(snapshot, tool) ?? pinInHooks(snapshot, tool)
    const { specifier: pin, origin: pinned, others } = held ?? {}
    const formats = formatsCode(snapshot, tool)
    const passesOver = formats && tool === "ruff" ? markdownPassedOver(snapshot) : []
    const needsTests = tool === "mypy" && configured !== undefined && mayNeedTests(snapshot)
    if (configured === undefined && pin === undefined && !formats && !pins.has(tool)) continue
    tools[tool] = {
      ...(configured === undefined ? {} : { configured }),
      ...(pin === undefined ? {} : { pin }),
      ...(pinned === undefined ? {} : { pinned }),
      ...(others === undefined ? {} : { others }),
      ...(formats ? { formats: true as const } : {}),
      ...(passesOver.length > 0 ? { passesOver } : {}),
      ...(needsTests ? { mayNeedTests: true as const } : {}),
    }
  }
  return tools
}

function configurationOf(snapshot: Snapshot, tool: Tool): Origin | undefined {
  const { pyproject, setupCfg } = snapshot
  const alone = (...paths: readonly string[]): Origin | undefined => {
    const path = paths.find(snapshot.has)
    return path === undefined ? undefined : { file: path }
  }
  const table = pyproject?.get("tool", tool) === undefined ? undefined : pyproject?.origin("tool", tool)
  switch (tool) {
    case "ruff":
      return alone(".ruff.toml", "ruff.toml") ?? table
    case "mypy":
      return (
        alone("mypy.ini", ".mypy.ini") ??
        table ??
        (setupCfg?.sections.includes("mypy") ? setupCfg.origin("mypy") : undefined)
      )
    case "pytest":
      return readPytestConfig(snapshot)?.origin
    case "coverage":
      return coverageOrigin(snapshot)
    case "bandit":
      return alone(".bandit", "bandit.yaml", "bandit.yml") ?? table
    case "black":
      return table
  }
}

/** A version specifier that holds a tool, and where it stands. */
interface Pin {
  readonly specifier: string
  readonly origin: Origin
  /** Versions that a lock has besides, for other Pythons. */
  readonly others?: readonly string[]
}

/** What groups, extras and requirements files say of each distribution: the first that holds it to a version. */
function pinsInRequirements(snapshot: Snapshot): ReadonlyMap<string, Pin> {
  const groups = readGroups(snapshot.pyproject)
  const located = [...groups.names.flatMap((name) => groups.expand(name)), ...[...readExtras(snapshot).values()].flat()]
  const lines = requirementsFiles(snapshot).flatMap(({ path }) =>
    (snapshot.text(path) ?? "")
      .split(/\r?\n/)
      .map((text, index) => ({ text, origin: { file: path, line: index + 1 } })),
  )
  const pins = new Map<string, Pin>()
  for (const { text, origin } of [...located, ...lines]) {
    const name = requirementName(text)
    if (name === undefined) continue
    const written = requirementSpecifier(text)
    if (/==|~=|</.test(written) && !pins.has(name)) pins.set(name, { specifier: written, origin })
  }
  return pins
}

function pinInLock(snapshot: Snapshot, tool: Tool): Pin | undefined {
  for (const file of ["uv.lock", "poetry.lock", "pdm.lock"]) {
    const text = snapshot.text(file) ?? ""
    const found = [...text.matchAll(new RegExp(`^name = "${tool}"\\r?\\nversion = "([^"]+)"`, "gm"))]
    // Markers split a lock by Python: what runs on one runs on the newest, and the newest version is for that.
    const [newest, ...older] = found.toSorted((a, b) => byVersion(b[1] ?? "", a[1] ?? ""))
    if (newest === undefined) continue
    const others = [...new Set(older.map(([, version = ""]) => version))].filter((version) => version !== newest[1])
    return {
      specifier: `==${newest[1]}`,
      origin: { file, line: text.slice(0, newest.index).split("\n").length },
      ...(others.length === 0 ? {} : { others }),
    }
  }
  return undefined
}

function byVersion(a: string, b: string): number {
  return valid(a) === null || valid(b) === null ? 0 : compare(a, b)
}

function hooksOf(snapshot: Snapshot): string {
  return snapshot.text(".pre-commit-config.yaml") ?? snapshot.text(".pre-commit-config.yml") ?? ""
}

function pinInHooks(snapshot: Snapshot, tool: Tool): Pin | undefined {
  const pattern = HOOKS[tool]
  if (pattern === undefined) return undefined
  const entry = hooksOf(snapshot)
    .split(/^\s*-\s*(?=repo:)/m)
    .find((part) => pattern.test(part))
  const revision =
    /^\s*rev:\s*["']?v?(\d+\.[\w.]*)["']?.*$/m.exec(entry ?? "")?.[1] ??
    /#\s*(?:frozen:\s*)?v?(\d+\.[\w.]*)/.exec(entry ?? "")?.[1]
  const file = [".pre-commit-config.yaml", ".pre-commit-config.yml"].find(snapshot.has) ?? ""
  return revision === undefined ? undefined : { specifier: `==${revision}`, origin: { file } }
}

/** True where the project formats its code with the tool, so that a check of the format is fair. */
function formatsCode(snapshot: Snapshot, tool: Tool): boolean {
  const hooks = hooksOf(snapshot)
  const runners = `${snapshot.text("tox.ini") ?? ""}\n${snapshot.text("noxfile.py") ?? ""}`
  if (tool === "black")
    return snapshot.pyproject?.get("tool", "black") !== undefined || HOOKS.black?.test(hooks) === true
  if (tool !== "ruff") return false
  const configured =
    snapshot.pyproject?.get("tool", "ruff", "format") ??
    /^\[format\]/m.exec(snapshot.text("ruff.toml") ?? snapshot.text(".ruff.toml") ?? "")
  return configured != null || /id:\s*ruff-format/.test(hooks) || /ruff["',\s]+format/.test(runners)
}

/** The tools as `inspect` shows them. */
export function toolEvidence(tools: Project["tools"]): readonly Evidence[] {
  return TOOLS.flatMap((tool) => {
    const facts = tools[tool]
    if (facts === undefined) return []
    const words = [
      facts.pin === undefined ? "no pin of its own" : `pinned ${facts.pin}${by(facts)}`,
      ...(facts.configured === undefined ? ["not configured"] : []),
      ...(facts.formats ? ["formats the code"] : []),
    ]
    return [{ fact: tool, value: words.join(", "), origin: facts.configured ?? "default", change: PINNED_BY }]
  })
}

function by({ pinned, others }: ToolFacts): string {
  if (pinned === undefined) return ""
  const besides = others === undefined ? "" : ` (there also ${others.join(", ")}, for other Pythons)`
  return ` by ${pinned.file}${pinned.line === undefined ? "" : `:${pinned.line}`}${besides}`
}

const PINNED_BY = "its configuration; a pin in a group, a lock or a hook"
