import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { CouldNotLook, Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import { couldNotLook, exitCode, lastLines } from "./could-not-look.js"
import { executionOf } from "./json-report.js"
import { adviceOnMissing, list } from "./missing-modules.js"
import { adviceOnNewPytest } from "./new-pytest.js"
import { pluginsOf } from "./pytest-plugins.js"
import { failureFinding, missingImport, missingModules, unconfirmedFinding } from "./test-findings.js"
import { countsOf, otherCounts, TESTS_RUN, type TestRecords, testRecords } from "./test-records.js"

/** Reads what the plugin wrote down. Without its word nothing is green, whatever pytest's exit code. */
export function readTest(executions: readonly Execution[], { project }: ReadContext): Reading {
  const execution = executionOf(executions, "pytest")
  const records = testRecords(execution)
  const { running, outcomes } = records
  const unable = couldNotTest(execution, records, project)
  if (unable !== undefined) return unable
  const counts = outcomes?.counts ?? running?.counts ?? {}
  const missing = adviceOnMissing(missingModules(records.failures, project), { project, stage: "test" })
  const about = { project, missing, pytest: outcomes?.versions.pytest }
  const failures = records.failures.map((failure) => failureFinding(failure, about))
  const ended = endedEarly(execution, records) ?? discontent(execution, records)
  const tools = { pytest: outcomes?.versions.pytest, python: outcomes?.python }
  return {
    kind: "looked",
    findings: normaliseFindings([
      ...failures,
      ...(ended === undefined ? [] : [ended]),
      ...records.unconfirmed.map(unconfirmedFinding),
    ]),
    measures: {
      tests: countsOf(counts),
      // pytest-xdist does not tell the process that counts.
      deselected: counts.deselected ?? (outcomes?.workers ? null : 0),
      ...(Object.keys(otherCounts(counts)).length === 0 ? {} : { others: otherCounts(counts) }),
      ...(outcomes === undefined ? { complete: false } : { slowest: outcomes.slowest, workers: outcomes.workers }),
      ...(outcomes?.order == null ? {} : { order: outcomes.order }),
    },
    tools: Object.entries(tools).flatMap(([name, version]) => (version === undefined ? [] : [{ name, version }])),
    artifacts: [{ kind: "coverage-data", facts: { [TESTS_RUN]: ranAny(counts) ? "some" : "none" } }],
  }
}

function ranAny(counts: Readonly<Record<string, number>>): boolean {
  const { errors: _, ...ended } = countsOf(counts)
  return Object.values(ended).some((count) => count > 0)
}

/** Where pytest never came to run tests. */
function couldNotTest(
  execution: Execution,
  { running, outcomes }: TestRecords,
  project: Project,
): CouldNotLook | undefined {
  const { exit } = execution
  if (exit.kind === "unstartable")
    return couldNotLook(execution, { reason: `pytest could not be started: ${exit.why}` })
  const code = exitCode(exit)
  if (code === 4) {
    const said = complaint(execution)
    return couldNotLook(execution, { reason: `pytest refused to start: ${said}`, next: adviceOnRefusal(said, project) })
  }
  if (code === 3) return couldNotLook(execution, { reason: `pytest failed internally: ${complaint(execution)}` })
  if (code === 5) {
    return couldNotLook(execution, {
      reason: "pytest found no test to run",
      next: "see what the arguments for pytest select, or name the tests in [tool.quillon.test] paths",
    })
  }
  if (running === undefined) {
    const said = complaint(execution)
    return couldNotLook(execution, {
      reason: `pytest ended before it began: ${said}`,
      ...whyNotBegun(execution, project),
    })
  }
  if (code !== undefined && outcomes === undefined && running.phase !== "run") {
    return couldNotLook(execution, { reason: `pytest left no result (exit code ${code}): ${complaint(execution)}` })
  }
  return undefined
}

/** A project that pytest itself imports, directly or through a plugin, or a conftest.py for an older pytest. */
function whyNotBegun(execution: Execution, project: Project): { readonly next?: string } {
  const said = complaint(execution)
  const own = project.packages.find(({ name }) =>
    new RegExp(`(?:from|named|module) '${name.replaceAll(".", "\\.")}\\b`).test(said),
  )
  if (own === undefined) {
    const advice = adviceOnNewPytest(`${execution.stdout.tail}\n${execution.stderr.tail}`, { project })
    return advice === undefined ? {} : { next: advice }
  }
  const what = `pytest itself, or a plugin of it, imports ${own.name}, which is the project as it was built`
  return { next: `${what}: see whether the change broke it, or name a pytest that it serves in test.requirements` }
}

/** Options of a plugin that is not installed, or a module that conftest.py imports. */
function adviceOnRefusal(said: string, project: Project): string {
  const known = project.dependencies.chosen?.test.requirements ?? []
  const plugins = pluginsOf(said)
  if (plugins.length > 0) {
    return `add ${plugins.join(", ")}: [tool.quillon.test] requirements = ${list([...known, ...plugins])}`
  }
  const module = missingImport(said)
  const advice = module === undefined ? undefined : adviceOnMissing([module], { project, stage: "test" })
  return advice ?? USAGE
}

const USAGE =
  "a plugin or option that the project's configuration names may be missing: [tool.quillon.test] requirements"

/** A crash, a hang or a sudden exit: named by the test that ran. */
function endedEarly({ exit }: Execution, { running, outcomes, failures }: TestRecords): Draft | undefined {
  if (outcomes !== undefined && exit.kind === "exited") return undefined
  const during = running?.test ?? (running?.phase === "end" ? "the end of the session" : "collection")
  const test = running?.phase === "run" ? during : running?.phase === "collect" ? `collecting ${during}` : during
  const file = /^([^:]+\.py)/.exec(running?.test ?? "")?.[1]
  const base = { tool: "pytest", severity: "error", ...(file === undefined ? {} : { file }) } as const
  const rest = failures.length === 0 ? {} : { help: "other failures came before it" }
  switch (exit.kind) {
    case "timed-out":
      return { ...base, ...rest, rule: "timed-out", message: `${test} still ran after ${exit.seconds} s` }
    case "signalled":
      return {
        ...base,
        ...rest,
        rule: "crashed",
        message: `${test} was ended by ${exit.signal}${meaning(exit.signal)}`,
      }
    case "exited":
      return {
        ...base,
        ...rest,
        rule: "exited",
        message: `${test} ended the whole process with exit code ${exit.code}`,
      }
    case "unstartable":
      return undefined
  }
}

function meaning(signal: string): string {
  if (signal === "SIGKILL") return " (killed; most often the machine ran out of memory)"
  if (signal === "SIGSEGV") return " (segmentation fault)"
  return ""
}

/** All tests passed, and still pytest is not content: a plugin's threshold, an interruption. */
function discontent(execution: Execution, { outcomes, failures }: TestRecords): Draft | undefined {
  const code = exitCode(execution.exit)
  if (code === undefined || code === 0 || failures.length > 0 || outcomes === undefined) return undefined
  return {
    tool: "pytest",
    rule: "exit-code",
    severity: "error",
    message: `pytest ended with exit code ${code} though no test failed: ${complaint(execution)}`,
    detail: lastLines(execution),
  }
}

/** The line that says most: pytest's `ERROR:`, an exception, else the last line that is not a rule. */
function complaint({ stdout, stderr }: Execution): string {
  const lines = [...stdout.tail.split("\n"), ...stderr.tail.split("\n")]
    .map((line) => line.replace(/^INTERNALERROR> |^E\s+/, "").trim())
    .filter((line) => line !== "" && !/^=.*=$/.test(line))
  const error = lines.find((line) => STARTED.test(line)) ?? lines.find((line) => /^(?:ERROR|FAIL):? /.test(line))
  const exception = lines.filter((line) => /^[\w.]*(?:Error|Exception)\b: /.test(line)).at(-1)
  return (error ?? exception ?? lines.at(-1) ?? "it said nothing").replace(
    /^(?:(?:python -m pytest|__main__\.py): error|ERROR|FAIL):? /,
    "",
  )
}

/** argparse names the program as each Python does: `__main__.py` before 3.12 at times. */
const STARTED = /^(?:python -m pytest|__main__\.py): error: /
