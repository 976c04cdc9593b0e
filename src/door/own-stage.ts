import type { Container } from "@dagger.io/dagger"
import { QuillonError } from "../errors.js"
import { type CachePolicy, EFFECT, observe, PURE } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import { STDOUT_REPORT } from "../stages/places.js"
import { noFindingFrom } from "../stages/severity-gate.js"
import { chooseWord } from "./choose-word.js"
import { readOwnStage } from "./own-stage-reading.js"

/** In what a tool reports. */
export const FORMATS = ["junit", "sarif", "lines"] as const

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number]

/** A stage as data, as a caller in any language can give it. */
export interface OwnStageData {
  /** Lower-case word. */
  readonly name: string
  /** In which the arguments are run; what they read is in it. */
  readonly container: Container
  /** Program and arguments. */
  readonly args: readonly string[]
  /** Absolute paths of the reports that the tool writes. */
  readonly reports: readonly string[]
  /** One of {@link FORMATS}; the exit code alone tells when absent. */
  readonly format?: string
  /** `pure`, `effect`, or the seconds for which what it saw is good; `pure` when absent. */
  readonly cache?: string
  /** Working folder of the container. */
  readonly root: string
}

/** Makes a stage of data. @throws QuillonError UNKNOWN_WORD, BAD_STAGE naming the argument that is wrong */
export function stageOfData(data: OwnStageData): Stage {
  const { name, container, args, reports, cache, root } = data
  const format = data.format === undefined ? undefined : chooseWord("format", data.format, FORMATS)
  if (args.length === 0)
    throw badStage(`stage "${name}" has no --args`, "name the program to run, e.g. --args make,docs")
  const relative = reports.find((path) => !path.startsWith("/"))
  if (relative !== undefined) {
    throw badStage(`--reports of stage "${name}" has "${relative}"`, "name reports by absolute paths in the container")
  }
  if (reports.length > 0 && format === undefined) {
    throw badStage(`stage "${name}" has reports of no format`, `add --format: ${FORMATS.join(", ")}`)
  }
  if (reports.length === 0 && (format === "junit" || format === "sarif")) {
    throw badStage(`stage "${name}" has no --reports`, `name the ${format} files that the tool writes`)
  }
  const files =
    format === "lines" && reports.length === 0 ? [STDOUT_REPORT] : reports.map((path) => ({ name: path, path }))
  const rules = { name, root, reports: files.map((file) => file.name), ...(format === undefined ? {} : { format }) }
  return {
    name,
    title: `Run ${name}`,
    cache: cachePolicyOf(name, cache),
    gate: noFindingFrom("warning", format === undefined ? "failing exit code" : "finding"),
    commands: () => [{ name: "run", container, argv: args, reports: files }],
    read: (executions) => readOwnStage(executions, rules),
  }
}

function cachePolicyOf(stage: string, cache = "pure"): CachePolicy {
  if (cache === "pure") return PURE
  if (cache === "effect") return EFFECT
  if (/^[1-9]\d{0,8}$/.test(cache)) return observe(Number(cache))
  throw badStage(`--cache of stage "${stage}" is ${JSON.stringify(cache)}`, "pure, effect, or seconds, e.g. 3600")
}

function badStage(message: string, next: string): QuillonError {
  return new QuillonError({ code: "BAD_STAGE", message, next, kind: "usage" })
}
