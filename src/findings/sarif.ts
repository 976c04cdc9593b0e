import { addressOf } from "../pipeline/cell.js"
import type { CellReport, Report } from "../pipeline/report.js"
import { type CodeFinding, codeFindings, ranTests } from "./code-findings.js"
import { resultOf } from "./sarif-result.js"
import { rulesOf } from "./sarif-rules.js"

/** Stages whose tools build and run: that these found nothing tells no reader of code findings anything. */
const NO_ANALYSES = new Set(["version", "resolve", "build", "test", "coverage", "image", "sbom"])

/**
 * A report as SARIF 2.1.0 (OASIS): one run a tool, with one that found nothing too, so that a forge closes what is gone.
 * What could not look is a run of ours that was not successful. Failing tests are not in it; JUnit has them. Pure.
 */
export function renderSarif(report: Report): string {
  const found = codeFindings(report.cells)
  const drivers = driversOf(report.cells, found)
  const errored = report.cells.filter(({ outcome }) => outcome === "errored")
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      ...[...drivers].map(([name, version]) => {
        const own = found.filter((each) => driverOf(each, drivers) === name)
        return toolRun(report, { name, version, found: own })
      }),
      ...(errored.length > 0 || drivers.size === 0 ? [troubleRun(errored)] : []),
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** Tools by name, with the version that ran where it is known. */
type Drivers = ReadonlyMap<string, string | undefined>

function driversOf(cells: readonly CellReport[], found: readonly CodeFinding[]): Drivers {
  const drivers = new Map<string, string | undefined>()
  for (const cell of cells) {
    if (ranTests(cell) || NO_ANALYSES.has(cell.stage)) continue
    const [tool] = cell.tools
    if (tool !== undefined) drivers.set(tool.name, tool.version)
  }
  const versions = new Map(cells.flatMap(({ tools }) => tools.map(({ name, version }) => [name, version])))
  for (const each of found) {
    const name = driverOf(each, drivers)
    if (!drivers.has(name)) drivers.set(name, versions.get(name))
  }
  return new Map([...drivers].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** `ruff format` is a command of ruff. */
function driverOf({ finding: { tool } }: CodeFinding, drivers: Drivers): string {
  const [program = tool] = tool.split(" ")
  return drivers.has(program) ? program : tool
}

interface ToolFindings {
  readonly name: string
  readonly version: string | undefined
  readonly found: readonly CodeFinding[]
}

function toolRun(report: Report, { name, version, found }: ToolFindings): object {
  const rules = rulesOf(found)
  const ids = rules.map(({ id }) => id)
  return {
    tool: { driver: { name, ...(version === undefined ? {} : { version }), rules } },
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository" } } },
    columnKind: "unicodeCodePoints",
    results: found.map(({ finding }) => resultOf(finding, { report, ruleIndex: ids.indexOf(finding.rule) })),
  }
}

/** Cells that could not look, so that their silence is taken for no result. */
function troubleRun(errored: readonly CellReport[]): object {
  const notifications = errored.map(({ stage, cell, reason = "no reason given" }) => ({
    level: "error",
    message: { text: `${addressOf(stage, { key: cell })} could not look: ${reason}` },
  }))
  return {
    tool: { driver: { name: "quillon" } },
    invocations: [
      {
        executionSuccessful: errored.length === 0,
        ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
      },
    ],
    results: [],
  }
}
