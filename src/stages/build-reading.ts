import { z } from "zod"
import { cleanText } from "../findings/clean-text.js"
import { normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { checkDistributions } from "./build-checks.js"
import { brokenExit, couldNotLook } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"

const metadata = z.object({
  name: z.string().nullable(),
  version: z.string().nullable(),
  requires: z.string().nullable(),
  description: z.string(),
})

const attempt = { exit: z.number(), output: z.string() }

const distribution = {
  file: z.string(),
  bytes: z.number(),
  members: z.array(z.string()),
  metadata: metadata.nullable(),
}

const report = z.object({
  versions: z.record(z.string(), z.string()),
  sdist: z.object({ ...attempt, ...z.object(distribution).partial().shape }),
  wheel: z
    .object({
      ...attempt,
      ...z.object({ ...distribution, tags: z.array(z.string()), payload: z.string() }).partial().shape,
    })
    .optional(),
})

/** What build.py says of the distributions. */
export type BuildReport = z.infer<typeof report>

/** Reads what build.py wrote: a backend that refuses is a finding; a backend that could not be fetched is not. */
export function readBuild(executions: readonly Execution[], { project }: ReadContext): Reading {
  const execution = executionOf(executions, "build")
  const broken = brokenExit(execution.exit, "the build")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const built = jsonReport(execution, "build", report)
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
    findings: normaliseFindings(checkDistributions(built, project)),
    measures: {
      sdist: { file: sdist.file, bytes: sdist.bytes, members: sdist.members?.length },
      wheel: {
        file: wheel?.file,
        bytes: wheel?.bytes,
        members: wheel?.members?.length,
        /** Digest of what the wheel and the one that is tested hold alike; build.py compared them. */
        payload: wheel?.payload,
      },
    },
    tools,
    artifacts: [
      { kind: "sdist", facts: factsOf(sdist.file, sdist.metadata) },
      { kind: "wheel", facts: { ...factsOf(wheel?.file, wheel?.metadata), tags: wheel?.tags?.join(" ") ?? "" } },
    ],
  }
}

function factsOf(
  file: string | undefined,
  data: z.infer<typeof metadata> | null | undefined,
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
