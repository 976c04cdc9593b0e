import { cleanText } from "../findings/clean-text.js"
import { normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { checkDistributions } from "./build-checks.js"
import { type BuildReport, buildReport, type DistributionMetadata } from "./build-report.js"
import { buildComplaint, buildRemedy, buildTrouble } from "./build-trouble.js"
import { brokenExit, couldNotLook } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"
import { readTwine } from "./twine-check.js"

/** Reads what build.py wrote: a backend that refuses is a finding; a backend that could not be fetched is not. */
export function readBuild(executions: readonly Execution[], { project, settings }: ReadContext): Reading {
  const execution = executionOf(executions, "build")
  const broken = brokenExit(execution.exit, "the build")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const built = jsonReport(execution, "build", buildReport)
  if (built === undefined) return couldNotLook(execution, { reason: "the build left no report" })
  const { sdist, wheel } = built
  const failed = sdist.exit !== 0 ? sdist : wheel !== undefined && wheel.exit !== 0 ? wheel : undefined
  const trouble = failed === undefined ? undefined : buildTrouble(failed.output)
  if (failed !== undefined && trouble !== undefined) {
    return { kind: "errored", ...trouble, detail: cleanText(failed.output).trimEnd() }
  }
  const tools = Object.entries(built.versions).map(([name, version]) => ({ name, version }))
  if (failed !== undefined) {
    const what = failed === sdist ? "sdist" : "wheel"
    const message = `the ${what} could not be built: ${buildComplaint(failed.output)}`
    const base = { tool: "build", rule: `${what}-failed`, severity: "error", message, detail: failed.output } as const
    const help = buildRemedy(failed.output)
    const findings = normaliseFindings([{ ...base, ...(help === undefined ? {} : { help }) }])
    return { kind: "looked", findings, measures: {}, tools }
  }
  return {
    kind: "looked",
    findings: normaliseFindings([...checkDistributions(built, project), ...readTwine(built, settings)]),
    measures: measuresOf(built),
    tools,
    artifacts: [
      { kind: "sdist", facts: factsOf(sdist.file, sdist.metadata) },
      { kind: "wheel", facts: { ...factsOf(wheel?.file, wheel?.metadata), tags: wheel?.tags?.join(" ") ?? "" } },
    ],
  }
}

function measuresOf({ sdist, wheel, elsewhere, requirements, late }: BuildReport): Readonly<Record<string, unknown>> {
  const pins = [...requirements.matchAll(/^([\w.-]+)==([^\s;\\]+)/gm)].map(([, name, version]) => [name, version])
  return {
    sdist: { file: sdist.file, bytes: sdist.bytes, members: sdist.members?.length },
    wheel: {
      file: wheel?.file,
      bytes: wheel?.bytes,
      members: wheel?.members?.length,
      payload: wheel?.payload,
      ...(wheel?.finished ? { finished: true } : {}),
    },
    ...(elsewhere.length === 0 ? {} : { elsewhere: elsewhere.map(({ file }) => file) }),
    /** What the backend ran with, by exact version. */
    requires: Object.fromEntries(pins),
    ...(late.length === 0 ? {} : { requiredLate: late }),
  }
}

function factsOf(
  file: string | undefined,
  data: DistributionMetadata | null | undefined,
): Readonly<Record<string, string>> {
  return {
    file: file ?? "",
    ...(data?.name == null ? {} : { distribution: data.name }),
    ...(data?.version == null ? {} : { version: data.version }),
  }
}
