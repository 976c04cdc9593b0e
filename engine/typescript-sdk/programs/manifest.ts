import {
  applyEdits,
  type JSONPath,
  modify,
  type ParseError,
  parse,
  printParseErrorCode,
  stripComments,
} from "jsonc-parser"

/** One change of a JSON text: the value that must stand at the path; `undefined` where nothing may stand. */
export interface Demand {
  readonly path: JSONPath
  readonly value: unknown
  /** Leave whatever stands there. */
  readonly unlessPresent?: true
}

/** The name under which a module imports the client library. */
export const LIBRARY = "@dagger.io/dagger"

/** The compiler that Dagger's own SDK writes into a new module (sdk/typescript/runtime of v0.21.7). */
export const DEFAULT_TYPESCRIPT = "5.9.3"

/** What `dagger develop` demands of package.json: the same as Dagger's own SDK, so that both leave it alone. */
export const PACKAGE_DEMANDS: readonly Demand[] = [
  { path: ["type"], value: "module" },
  { path: ["dependencies", "typescript"], value: DEFAULT_TYPESCRIPT, unlessPresent: true },
  { path: ["dependencies", LIBRARY], value: undefined },
  { path: ["devDependencies", LIBRARY], value: undefined },
]

/** What `dagger develop` demands of tsconfig.json. */
export const TSCONFIG_DEMANDS: readonly Demand[] = [
  { path: ["compilerOptions", "paths", LIBRARY], value: ["./sdk/index.ts"] },
  { path: ["compilerOptions", "paths", `${LIBRARY}/telemetry`], value: ["./sdk/telemetry.ts"] },
  { path: ["compilerOptions", "experimentalDecorators"], value: true },
]

/** The compiler options of a module that has none. */
export const DEFAULT_TSCONFIG = JSON.stringify({
  compilerOptions: { target: "ES2022", moduleResolution: "Node", strict: true, skipLibCheck: true },
})

/** Meets the demands by the smallest edits of the text; a text that meets them stays as it is, byte for byte. */
export function meet(text: string, demands: readonly Demand[]): string {
  const edited = demands.reduce((now, demand) => {
    const standing = valueAt(parse(now), demand.path)
    if (standing !== undefined && demand.unlessPresent) return now
    if (JSON.stringify(standing) === JSON.stringify(demand.value)) return now
    return applyEdits(now, modify(now, [...demand.path], demand.value, { formattingOptions: formatOf(text) }))
  }, text)
  return edited.endsWith("\n") || edited === text ? edited : `${edited}\n`
}

/** Reads JSON that may have comments and trailing commas. @throws Error naming the file and the place. */
export function readJson(text: string, name: string): Record<string, unknown> {
  const errors: ParseError[] = []
  const value = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  if (first === undefined) return value ?? {}
  const line = text.slice(0, first.offset).split("\n").length
  throw new Error(`${name}, line ${line}: ${printParseErrorCode(first.error)}`)
}

/** npm reads no comments. */
export function withoutComments(text: string): string {
  const stripped = stripComments(text)
  return JSON.stringify(parse(stripped)) === JSON.stringify(parse(text)) && stripped !== text ? stripped : text
}

function valueAt(value: unknown, path: JSONPath): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key as string], value)
}

function formatOf(text: string) {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? "  "
  return { insertSpaces: !indent.startsWith("\t"), tabSize: indent.length, eol: "\n" }
}
