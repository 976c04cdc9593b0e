import { cleanText } from "../findings/clean-text.js"
import { normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { checkDistributions } from "./build-checks.js"
import { type BuildReport, buildReport, type DistributionMetadata } from "./build-report.js"
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
  if (failed !== undefined && isOutOfReach(failed.output)) {
    return {
      kind: "errored",
      reason: `what the build requires could not be fetched: ${complaint(failed.output)}`,
      next: "run again; what could not be looked at is not remembered",
      detail: cleanText(failed.output).trimEnd(),
    }
  }
  const tools = Object.entries(built.versions).map(([name, version]) => ({ name, version }))
  if (failed !== undefined) {
    const what = failed === sdist ? "sdist" : "wheel"
    const message = `the ${what} could not be built: ${complaint(failed.output)}`
    const base = { tool: "build", rule: `${what}-failed`, severity: "error", message, detail: failed.output } as const
    const draft = { ...base, ...remedy(failed.output) }
    return { kind: "looked", findings: normaliseFindings([draft]), measures: {}, tools }
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

function isOutOfReach(output: string): boolean {
  return /Failed to fetch|Failed to download|error sending request|\(401 Unauthorized\)|\b403 Forbidden\b/.test(output)
}

/** What to do about a refusal whose reason is known. */
function remedy(output: string): { readonly help?: string } {
  return /unable to detect version|no version found|SCM_PRETEND_VERSION/.test(output)
    ? { help: "the version comes from the git tag: fetch the tags (git fetch --tags), or set version.source" }
    : {}
}

/** The line that says why: the backend's exception, else uv's own last cause. */
function complaint(output: string): string {
  const lines = cleanText(output)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("hint:"))
  const exception = lines.filter((line) => /^[\w.]*(?:Error|Exception|Exit|Warning)\b.*/.test(line)).at(-1)
  return exception ?? lines.at(-1) ?? "no message"
}
