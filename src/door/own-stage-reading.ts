import { type Draft, normaliseFindings } from "../findings/normalise.js"
import { type JunitReading, readJunit } from "../findings/read-junit.js"
import { readLines } from "../findings/read-lines.js"
import { readSarif } from "../findings/read-sarif.js"
import type { Execution } from "../pipeline/command.js"
import type { Measures, Reading } from "../pipeline/reading.js"
import type { TestCounts } from "../pipeline/report.js"
import { brokenExit, couldNotLook, exitCode, lastLines } from "../stages/could-not-look.js"
import type { Format } from "./own-stage.js"

/** How a stage as data is read. */
export interface OwnReadingRules {
  /** The stage's. */
  readonly name: string
  /** The exit code alone tells when absent. */
  readonly format?: Format
  /** Names of the reports that must be there. */
  readonly reports: readonly string[]
  /** Working folder of the container, to which absolute places of findings are relative. */
  readonly root: string
}

interface Told {
  readonly drafts: readonly Draft[]
  readonly counts?: JunitReading["counts"]
}

/** Reads what the tool of a stage as data left. A report that is not there, or a bad end without a reason, is not green. */
export function readOwnStage([run]: readonly Execution[], { name, format, reports, root }: OwnReadingRules): Reading {
  if (run === undefined) throw new RangeError(`no execution of stage "${name}"`)
  const broken = brokenExit(run.exit, run.argv[0] ?? name)
  if (broken !== undefined) return couldNotLook(run, { reason: broken })
  const code = exitCode(run.exit) ?? 0
  if (format === undefined) return looked(exitOf(name, run, code), { exitCode: code })
  const read = readerOf(format)
  const parts = reports.map((path) => {
    const text = run.reports[path]
    return { path, written: text !== undefined, told: text === undefined ? undefined : read(text, name) }
  })
  const wrong = parts.find(({ told }) => told === undefined)
  if (wrong !== undefined) {
    const how = wrong.written ? `is not whole, or no ${format}` : "was not written"
    return couldNotLook(run, { reason: `${wrong.path} ${how}, exit code ${code}` })
  }
  const drafts = parts.flatMap(({ told }) => told?.drafts ?? []).map((draft) => placedIn(root, draft))
  if (code !== 0 && drafts.every(({ severity }) => severity === "note" || severity === "low")) {
    return couldNotLook(run, {
      reason: `${run.argv[0]} ended with exit code ${code} and reported nothing to explain it`,
    })
  }
  const counts = parts.flatMap(({ told }) => told?.counts ?? [])
  return looked(drafts, counts.length === 0 ? {} : { tests: sumOf(counts) })
}

function exitOf(name: string, run: Execution, code: number): readonly Draft[] {
  if (code === 0) return []
  const message = `${run.argv.join(" ")} ended with exit code ${code}`
  return [{ tool: name, rule: "exit-code", severity: "error", message, detail: lastLines(run) }]
}

function readerOf(format: Format): (text: string, tool: string) => Told | undefined {
  switch (format) {
    case "lines":
      return (text, tool) => ({ drafts: readLines(text, tool) })
    case "sarif":
      return (text) => {
        const drafts = readSarif(text)
        return drafts === undefined ? undefined : { drafts }
      }
    case "junit":
      return readJunit
  }
}

/** A place outside the working folder is none of the project's, and is told in the message. */
function placedIn(root: string, draft: Draft): Draft {
  const { file, line, column, ...placeless } = draft
  if (file === undefined || !file.startsWith("/")) return draft
  const folder = root.endsWith("/") ? root : `${root}/`
  if (file.startsWith(folder)) return { ...draft, file: file.slice(folder.length) }
  return { ...placeless, message: `${file}: ${draft.message}` }
}

/** JUnit has no words for tests that are expected to fail. */
function sumOf(counts: readonly JunitReading["counts"][]): TestCounts {
  const sum = (key: keyof JunitReading["counts"]) => counts.reduce((total, one) => total + one[key], 0)
  return {
    passed: sum("passed"),
    failed: sum("failed"),
    errors: sum("errors"),
    skipped: sum("skipped"),
    xfailed: 0,
    xpassed: 0,
  }
}

function looked(drafts: readonly Draft[], measures: Measures): Reading {
  return { kind: "looked", findings: normaliseFindings(drafts), measures, tools: [] }
}
