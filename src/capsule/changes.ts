import { shownPaths } from "../project/shown-paths.js"
import type { CellInputs, Inputs } from "./inputs.js"

/** Something that a cell depends on and that is not as it was. */
export type Change =
  | { readonly kind: "file"; readonly path: string; readonly how: "changed" | "added" | "removed" }
  | { readonly kind: "setting"; readonly key: string; readonly before: unknown; readonly after: unknown }
  | { readonly kind: "command"; readonly command: string; readonly before: string; readonly after: string }
  | {
      readonly kind: "image" | "package" | "tool"
      readonly name: string
      readonly before?: string
      readonly after?: string
    }
  | { readonly kind: "artifact"; readonly artifact: string; readonly from: string }
  | { readonly kind: "quillon" | "engine"; readonly before: string; readonly after: string }
  /** Its time was over; or it got a nonce, because it is never remembered. */
  | { readonly kind: "time" | "always"; readonly command: string }
  | { readonly kind: "asked" }
  | { readonly kind: "retry"; readonly attempts: number }

/** Settings that decide about the containers of every stage. */
const COMMON = ["images.", "index.", "python.default", "timeout"]

/** Which of the requirements files a stage installs from; those that are not here take all. */
const INSTALLS: Readonly<Record<string, string>> = {
  ...{ test: "test.txt", coverage: "test.txt", types: "types.txt", image: "runtime.txt", sbom: "runtime.txt" },
}

/** Two runs of a cell, the later second. */
export interface TwoRuns {
  readonly address: string
  readonly before: Inputs
  readonly after: Inputs
  /** Kinds of artifacts that the stage takes; all that is given to it when absent. */
  readonly takes?: readonly string[]
}

/** What changed between two runs, of that on which a cell depends. Pure. */
export function changesBetween({ address, before, after, takes }: TwoRuns): readonly Change[] {
  const [was, is] = [before.cells[address], after.cells[address]]
  if (was === undefined || is === undefined) return []
  const stage = address.split("@")[0] ?? address
  return [
    ...saltChanges({ address, stage, was, is, fresh: after.fresh }),
    ...fileChanges(before, after, [was, is]),
    ...settingChanges(stage, before, after),
    ...commandChanges(was, is),
    ...imageChanges(before, after),
    ...inputChanges({ stage, is, before, after, takes }),
    ...recordChanges("tool", toolsOf(was), toolsOf(is)),
    ...(before.quillon === after.quillon ? [] : [versionChange("quillon", before.quillon, after.quillon)]),
    ...(engineOf(before) === engineOf(after) ? [] : [versionChange("engine", engineOf(before), engineOf(after))]),
  ]
}

function saltChanges(facts: {
  readonly address: string
  readonly stage: string
  readonly was: CellInputs
  readonly is: CellInputs
  readonly fresh: readonly string[]
}): readonly Change[] {
  const { address, stage, was, is, fresh } = facts
  if (["all", stage, address].some((name) => fresh.includes(name))) return [{ kind: "asked" }]
  if (is.attempts > 1) return [{ kind: "retry", attempts: is.attempts }]
  return is.commands.flatMap(({ name, salt }) => {
    const earlier = was.commands.find((command) => command.name === name)?.salt ?? {}
    const differs = (key: string) => salt[key] !== undefined && salt[key] !== earlier[key]
    return [
      ...(differs("QUILLON_BUCKET") ? [{ kind: "time" as const, command: name }] : []),
      ...(differs("QUILLON_NONCE") ? [{ kind: "always" as const, command: name }] : []),
    ]
  })
}

function fileChanges(before: Inputs, after: Inputs, cells: readonly CellInputs[]): readonly Change[] {
  if (before.files === null || after.files === null) return []
  const [was, is] = [before.files, after.files]
  const paths = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((path) => was[path] !== is[path])
  const views = cells.flatMap((cell) => cell.views)
  const seen = new Set(views.flatMap((view) => shownAt(paths, after.path, view)))
  return paths
    .filter((path) => seen.has(path))
    .sort()
    .map((path) => ({ kind: "file", path, how: !(path in was) ? "added" : !(path in is) ? "removed" : "changed" }))
}

/** Of paths below the root those that a view of the project, or of a folder above it, shows. */
function shownAt(paths: readonly string[], project: string, view: CellInputs["views"][number]): readonly string[] {
  const parts = project === "." ? [] : project.split("/")
  const folder = parts.slice(0, parts.length - view.levels).join("/")
  const start = folder === "" ? "" : `${folder}/`
  const below = paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length))
  return shownPaths(below, { include: view.include, exclude: view.exclude }).map((path) => start + path)
}

function settingChanges(stage: string, before: Inputs, after: Inputs): readonly Change[] {
  const [was, is] = [leavesOf(before.settings), leavesOf(after.settings)]
  const keys = [...new Set([...was.keys(), ...is.keys()])].sort()
  const counts = (key: string) =>
    key.startsWith(`${stage}.`) ||
    COMMON.some((common) => (common.endsWith(".") ? key.startsWith(common) : key === common))
  return keys.flatMap((key) =>
    counts(key) && JSON.stringify(was.get(key)) !== JSON.stringify(is.get(key))
      ? [{ kind: "setting" as const, key, before: was.get(key), after: is.get(key) }]
      : [],
  )
}

function leavesOf(value: unknown, path: readonly string[] = []): ReadonlyMap<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return new Map([[path.join("."), value]])
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leavesOf(inner, [...path, key])]))
}

function commandChanges(was: CellInputs, is: CellInputs): readonly Change[] {
  return is.commands.flatMap(({ name, argv, timeout }) => {
    const earlier = was.commands.find((command) => command.name === name)
    if (earlier === undefined) return []
    const [before, after] = [earlier, { argv, timeout }].map((each) => `${each.argv.join(" ")} (${each.timeout} s)`)
    return before === after
      ? []
      : [{ kind: "command" as const, command: name, before: before ?? "", after: after ?? "" }]
  })
}

function inputChanges(facts: {
  readonly stage: string
  readonly is: CellInputs
  readonly before: Inputs
  readonly after: Inputs
  readonly takes: readonly string[] | undefined
}): readonly Change[] {
  const { stage, is, before, after, takes } = facts
  return is.after.flatMap((from): readonly Change[] => {
    const [was, now] = [before.cells[from]?.gives ?? {}, after.cells[from]?.gives ?? {}]
    const kinds = Object.keys(now).filter(
      (kind) => was[kind] !== undefined && was[kind] !== now[kind] && takes?.includes(kind) !== false,
    )
    const packages = recordChanges("package", packagesOf(before, from, stage), packagesOf(after, from, stage))
    const others = kinds
      .filter((kind) => kind !== "requirements")
      .map((artifact) => ({ kind: "artifact" as const, artifact, from }))
    return [...packages, ...others]
  })
}

function packagesOf({ packages }: Inputs, from: string, stage: string): Readonly<Record<string, string>> {
  const files = packages[from] ?? {}
  const own = INSTALLS[stage]
  return own === undefined ? Object.assign({}, ...Object.values(files)) : (files[own] ?? {})
}

function recordChanges(
  kind: "image" | "package" | "tool",
  was: Readonly<Record<string, string>>,
  is: Readonly<Record<string, string>>,
): readonly Change[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()
  return names.flatMap((name) => {
    const [before, after] = [was[name], is[name]]
    if (before === after) return []
    return [{ kind, name, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
  })
}

/** An image that was looked at in one of the runs alone tells nothing. */
function imageChanges(before: Inputs, after: Inputs): readonly Change[] {
  return after.images.flatMap(({ name, digest }) => {
    const was = before.images.find((image) => image.name === name)
    return was === undefined || was.digest === digest
      ? []
      : [{ kind: "image" as const, name, before: was.digest, after: digest }]
  })
}

function toolsOf({ tools }: CellInputs): Readonly<Record<string, string>> {
  return Object.fromEntries(tools.map(({ name, version }) => [name, version]))
}

function engineOf({ engine }: Inputs): string {
  return `${engine.version} at ${engine.host}`
}

function versionChange(kind: "quillon" | "engine", before: string, after: string): Change {
  return { kind, before, after }
}
