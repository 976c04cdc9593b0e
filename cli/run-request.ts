import { type Command, Option } from "commander"
import { QuillonError } from "../src/errors.js"
import type { Pipeline } from "../src/pipeline/pipeline.js"
import type { Selection } from "../src/pipeline/selection.js"
import { BOARDS } from "./board/board-kind.js"

/** What a person asked of a run on the command line. */
export interface RunRequest {
  readonly path: string
  readonly selection: Selection
  readonly failFast: boolean
  readonly jobs?: number
  readonly fresh?: readonly string[] | "all"
  /** Only the cells that did not pass in the last run, and these afresh. */
  readonly failed: boolean
  readonly timeoutSeconds?: number
  readonly args: readonly string[]
  /** `build`: make an engine here without asking, where none is found. */
  readonly engine?: "build"
  readonly look: RunLook
  /** Leaves the baseline unread, so that gates judge every finding. */
  readonly baseline?: "ignored"
  /** Runs in place of the stages of a Python project. */
  readonly pipeline?: Pipeline
  /** Tells at the end only of what could not look: the command that asked tells the rest itself. */
  readonly ending?: "troubles"
}

/** How the run is shown. */
export interface RunLook {
  readonly plain: boolean
  readonly board?: (typeof BOARDS)[number]
  readonly json: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color?: "auto" | "always" | "never"
}

/** Options that `ci` and all verbs have. */
export function withRunOptions(command: Command): Command {
  return withLookOptions(
    command
      .addOption(new Option("-p, --python <X.Y>", "only these interpreters, e.g. 3.11,3.13").argParser(collect))
      .option("--fail-fast", "stop at the first cell that does not pass")
      .option("--failed", "only what did not pass in the last run, afresh"),
  )
}

/** Options of everything that runs cells: its means. */
export function withMeansOptions(command: Command): Command {
  return command
    .option("-j, --jobs <n>", "cells that run at once", wholeNumber("--jobs"))
    .option("--timeout <seconds>", "seconds that one command may take", wholeNumber("--timeout"))
    .addOption(new Option("--engine <how>", "build: make an engine here where none is found").choices(["build"]))
}

/** Options of everything that runs cells and shows them: its means and how it is shown. */
export function withLookOptions(command: Command): Command {
  return withMeansOptions(command)
    .addOption(new Option("--board <how>", "how the run is shown; auto looks at who reads").choices(BOARDS))
    .option("--plain", "the same as --board plain")
    .addOption(
      new Option("--format <format>", "json: events, one JSON object a line").choices(["text", "json"]).default("text"),
    )
    .option("-q, --quiet", "nothing but what went wrong")
    .option("-v, --verbose", "also what starts, and what it cost")
    .addOption(new Option("--color <when>", "colours").choices(["auto", "always", "never"]).default("auto"))
}

/** Options of `ci` alone: which stages. */
export function withStageOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--only <stages>", "only these stages or cells, with what they need, e.g. lint,test@3.11").argParser(
        collect,
      ),
    )
    .addOption(new Option("--skip <stages>", "all but these stages or cells").argParser(collect))
    .addOption(
      new Option("--fresh [stage]", "run again what the engine remembers: all, or one stage or cell").argParser(
        collect,
      ),
    )
}

interface RawOptions {
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly python?: readonly string[]
  readonly failFast?: true
  readonly jobs?: number
  readonly timeout?: number
  readonly fresh?: readonly string[] | true
  readonly failed?: true
  readonly engine?: "build"
  readonly plain?: true
  readonly board?: (typeof BOARDS)[number]
  readonly format: "text" | "json"
  readonly quiet?: true
  readonly verbose?: true
  readonly color: NonNullable<RunLook["color"]>
}

/** Reads commander's options; `args` is what followed `--`. Pure. */
export function readRunRequest(
  raw: unknown,
  given: { readonly path?: string | undefined; readonly args: readonly string[] },
): RunRequest {
  const options = raw as RawOptions
  const { only, skip, python } = options
  return {
    path: given.path ?? ".",
    selection: {
      ...(only === undefined ? {} : { only }),
      ...(skip === undefined ? {} : { skip }),
      ...(python === undefined ? {} : { pythons: python }),
    },
    failFast: options.failFast === true,
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ...(options.fresh === undefined ? {} : { fresh: options.fresh === true ? ("all" as const) : options.fresh }),
    failed: options.failed === true,
    ...(options.timeout === undefined ? {} : { timeoutSeconds: options.timeout }),
    args: given.args,
    ...(options.engine === undefined ? {} : { engine: options.engine }),
    look: {
      plain: options.plain === true,
      ...(options.board === undefined ? {} : { board: options.board }),
      json: options.format === "json",
      quiet: options.quiet === true,
      verbose: options.verbose === true,
      color: options.color,
    },
  }
}

/** `--only lint,types --only build` names three. */
function collect(value: string, before: unknown): readonly string[] {
  const earlier = Array.isArray(before) ? (before as readonly string[]) : []
  return [...earlier, ...value.split(",").filter((part) => part !== "")]
}

function wholeNumber(option: string): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (Number.isSafeInteger(number) && number >= 1) return number
    throw new QuillonError({
      code: "BAD_OPTION_VALUE",
      message: `${option} ${value} is no whole number of at least 1`,
      next: `${option} 4`,
      kind: "usage",
    })
  }
}
