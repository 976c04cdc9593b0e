import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import type { ErrorFacts, FailedExec } from "../toolchain/error-chain.js"
import { dockerfileOf } from "./image-build.js"

const LINES = 30

/** A Dockerfile that can't be built is a finding; undefined for everything that is no fault of its own. */
export function blameDockerfile(
  { messages: [first = ""], exec }: ErrorFacts,
  { project, settings }: Pick<ReadContext, "project" | "settings">,
): Reading | undefined {
  const file = dockerfileOf(project, settings)
  if (file === undefined) return undefined
  const defect = defectOf(first.replace(/ ?\[traceparent:[^\]]*\]/g, ""), exec)
  if (defect === undefined) return undefined
  const draft: Draft = { tool: "image", rule: "build", severity: "error", file, ...defect }
  return { kind: "looked", findings: normaliseFindings([draft]), measures: {}, tools: [] }
}

type Defect = Pick<Draft, "message"> & Partial<Pick<Draft, "line" | "detail" | "help">>

/** What the engine says of a Dockerfile (Dagger 0.21.7): it converts it first, then builds what came of it. */
function defectOf(message: string, exec: FailedExec | undefined): Defect | undefined {
  if (exec !== undefined) return /^failed to clone built container state/.test(message) ? failedRun(exec) : undefined
  const syntax = /dockerfile parse error on line (\d+): (.*)/s.exec(message)
  if (syntax !== null) return { line: Number(syntax[1]), message: `it is no valid Dockerfile: ${syntax[2]}` }
  const stage = /target stage "(.*)" could not be found/.exec(message)?.[1]
  if (stage !== undefined)
    return { message: `it has no stage "${stage}", which image.target names`, help: "correct the setting image.target" }
  const missing = /failed to copy .*: lstat \/?(.*): no such file or directory/.exec(message)?.[1]
  if (missing !== undefined) {
    return {
      message: `it copies ${missing}, which is not there`,
      help: "look whether .dockerignore or .gitignore hides it: git check-ignore -v",
    }
  }
  return undefined
}

function failedRun({ argv, exitCode, said }: FailedExec): Defect {
  const shell = argv[0]?.endsWith("sh") === true && argv[1] === "-c"
  const instruction = (shell ? (argv[2] ?? "") : JSON.stringify(argv)).replace(/\s+/g, " ")
  const end = exitCode > 128 ? `was ended by signal ${exitCode - 128}` : `ended with exit code ${exitCode}`
  const detail = said.trimEnd().split("\n").slice(-LINES).join("\n")
  return {
    message: `RUN ${shorten(instruction)} ${end}`,
    ...(detail === "" ? {} : { detail }),
    help: "quillon debug image, or docker build, runs it again",
  }
}

function shorten(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}
