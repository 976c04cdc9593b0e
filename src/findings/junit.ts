import { addressOf } from "../pipeline/cell.js"
import type { CellReport, Report } from "../pipeline/report.js"
import { freshFindings } from "./fresh-findings.js"
import type { ListedTest, ListedTests } from "./listed-tests.js"
import { pathInRepository, placeInRepository } from "./repository-place.js"

type Finding = CellReport["findings"][number]

/**
 * A report as JUnit XML: one suite a cell. A test cell's findings are its failing tests, its other tests are listed where
 * it left the list, and its counts stand in the suite; of other stages every new finding is a failed case. A cell that
 * could not look is an error, never a pass.
 *
 * Readers show the text of a failure and drop its message (GitLab), or the other way round, so that both say all; and
 * they take two cases of one name for one, so that names are told apart. Paths are those of the repository. Pure.
 */
export function renderJunit(report: Report, listed: ListedTests = {}): string {
  const suites = report.cells.map((cell) =>
    suiteOf(cell, report, listed[addressOf(cell.stage, { key: cell.cell })] ?? []),
  )
  const total = (key: "tests" | "failures" | "errors" | "skipped") => suites.reduce((sum, suite) => sum + suite[key], 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({
      name: report.project.name,
      tests: total("tests"),
      failures: total("failures"),
      errors: total("errors"),
      skipped: total("skipped"),
      time: report.seconds.toFixed(3),
      timestamp: report.started,
    })}>`,
    ...suites.map(renderSuite),
    "</testsuites>",
    "",
  ].join("\n")
}

interface Suite {
  readonly name: string
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
  readonly time: string
  readonly cases: readonly string[]
}

function suiteOf(cell: CellReport, report: Report, listed: readonly ListedTest[]): Suite {
  const name = addressOf(cell.stage, { key: cell.cell })
  const time = cell.seconds.toFixed(3)
  const base = { name, time, tests: 1, failures: 0, errors: 0, skipped: 0 }
  switch (cell.outcome) {
    case "errored":
      return {
        ...base,
        errors: 1,
        cases: [wholeCase(name, problem("error", cell.reason ?? "could not look", cell.detail))],
      }
    case "skipped":
      return {
        ...base,
        skipped: 1,
        cases: [wholeCase(name, `<skipped ${attributes({ message: cell.reason ?? "" })}/>`)],
      }
    case "failed": {
      const found = freshFindings(cell)
      if (found.length === 0) {
        return {
          ...base,
          failures: 1,
          cases: [wholeCase(name, problem("failure", cell.reason ?? "failed", cell.detail))],
        }
      }
      const errors = found.filter(({ rule }) => isTestError(cell, rule)).length
      const names = toldApart(found.map(nameOf))
      const cases = found.map((finding, index) =>
        findingCase(finding, {
          suite: name,
          name: names[index] ?? "",
          kind: isTestError(cell, finding.rule) ? "error" : "failure",
          file: finding.file === undefined ? undefined : placeInRepository(finding, report)?.path,
        }),
      )
      const beyond = (outcome: ListedTest["outcome"]) => listed.filter((each) => each.outcome === outcome).length
      return {
        ...base,
        ...countsOf(cell, cases.length),
        failures: cases.length - errors + beyond("failed"),
        errors: errors + beyond("error"),
        cases: [...cases, ...listed.map((each) => listedCase(each, { name, report }))],
      }
    }
    case "passed": {
      const cases = listed.map((each) => listedCase(each, { name, report }))
      return { ...base, ...countsOf(cell, 1), cases: cases.length === 0 ? [wholeCase(name, "")] : cases }
    }
  }
}

/** What JUnit has of an outcome without a text of its own; failures have one, but for those beyond what is kept. */
const BODIES: Readonly<Record<ListedTest["outcome"], string>> = {
  passed: "",
  xpassed: "",
  skipped: "<skipped/>",
  xfailed: '<skipped message="expected to fail"/>',
  failed: '<failure message="failed"/>',
  error: '<error message="error"/>',
}

function listedCase(
  { test, outcome, seconds }: ListedTest,
  { name, report }: { readonly name: string; readonly report: Report },
): string {
  const file = /^[^:]+\.py(?=::|$)/.exec(test)?.[0]
  const path = file === undefined ? undefined : pathInRepository(report.project.path, file)
  const place = path === undefined ? {} : { file: path }
  const head = `    <testcase ${attributes({ classname: name, name: test, ...place, time: seconds.toFixed(4) })}`
  const body = BODIES[outcome]
  return body === "" ? `${head}/>` : `${head}>${body}</testcase>`
}

/** pytest's own counts where the cell has them; a JUnit reader has no word for xfailed but skipped. */
function countsOf(cell: CellReport, fallback: number): Pick<Suite, "tests" | "skipped"> {
  const counts = cell.measures.tests
  if (typeof counts !== "object" || counts === null) return { tests: fallback, skipped: 0 }
  const of = (key: string) => Number((counts as Record<string, unknown>)[key] ?? 0)
  const skipped = of("skipped") + of("xfailed")
  return { tests: of("passed") + of("failed") + of("errors") + of("xpassed") + skipped, skipped }
}

function isTestError(cell: CellReport, rule: string): boolean {
  return cell.measures.tests !== undefined && rule === "error"
}

function wholeCase(suite: string, body: string): string {
  const head = `    <testcase ${attributes({ classname: suite, name: suite })}`
  return body === "" ? `${head}/>` : `${head}>${body}</testcase>`
}

interface Case {
  readonly suite: string
  readonly name: string
  readonly kind: "error" | "failure"
  readonly file: string | undefined
}

/** A test by its id; any other finding by rule and place. */
function nameOf({ subject, rule, file, line, column, message, tool }: Finding): string {
  if (file === undefined || tool === "pytest") return subject ?? message
  return `${rule} ${[file, line, column].filter((part) => part !== undefined).join(":")}`
}

function toldApart(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

function findingCase(finding: Finding, { suite, name, kind, file }: Case): string {
  const { line, message, detail, help } = finding
  const head = attributes({
    classname: suite,
    name,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  })
  return `    <testcase ${head}>${problem(kind, message, detail ?? help)}</testcase>`
}

function problem(kind: "error" | "failure", message: string, detail: string | undefined): string {
  const text = detail === undefined || detail === message ? message : `${message}\n\n${detail}`
  return `<${kind} ${attributes({ message })}>${escapeXml(text)}</${kind}>`
}

function renderSuite(suite: Suite): string {
  const { cases, ...head } = suite
  return [`  <testsuite ${attributes(head)}>`, ...cases, "  </testsuite>"].join("\n")
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value)).replaceAll("\n", "&#10;")}"`)
    .join(" ")
}

/** Escapes for XML 1.0, which has no way at all to write most control characters and lone surrogates. */
function escapeXml(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, "\ufffd")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  )
}
