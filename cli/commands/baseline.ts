import { join } from "node:path"
import { Command } from "commander"
import { loadBaseline } from "../../src/door/load-baseline.js"
import { BASELINE_FILE, type Baseline, type BaselineEntry, renderBaseline } from "../../src/findings/baseline.js"
import { acceptFindings, shrinkEntries, unseenCells } from "../../src/findings/baseline-change.js"
import { pythonStages } from "../../src/stages/python-stages.js"
import { addressOfReport } from "../board/aftermath.js"
import { plural } from "../board/remark.js"
import { createHostFiles } from "../host-files.js"
import type { Io } from "../io.js"
import type { ProcessControl } from "../program.js"
import type { EndedRun } from "../run.js"
import { type RunRequest, readRunRequest, withLookOptions } from "../run-request.js"
import { writeOutput } from "../write-output.js"

/** Stages whose findings can be accepted, and that run without being asked for by name. */
const STAGES = pythonStages
  .filter(({ baseline, onDemand }) => baseline !== "never" && onDemand === undefined)
  .map(({ name }) => name)

/** `quillon baseline`: accepts what is there today, so that gates judge what is new. */
export function baselineCommand(io: Io, control: ProcessControl): Command {
  return new Command("baseline")
    .description("accept the findings of today, so that gates judge what is new")
    .helpGroup("Pipeline:")
    .addCommand(writeCommand(io, control))
    .addCommand(shrinkCommand(io, control))
}

function writeCommand(io: Io, control: ProcessControl): Command {
  const command = new Command("write")
    .description(`write all findings of ${STAGES.join(", ")} into the baseline`)
    .argument("[path]", "the project's folder", ".")
  return withLookOptions(command).action(async (path: string, options: object) => {
    const ended = await look(io, control, { ...requestOf(path, options), baseline: "ignored" })
    if (ended === undefined) return
    const before = await oldEntries(ended)
    const entries = acceptFindings(ended.report, { stages: STAGES, before })
    const file = await write(ended, entries)
    io.stdout.write(`${file}: ${plural(entries.length, "finding")}${perStage(entries)}, over which gates now pass\n`)
  })
}

function shrinkCommand(io: Io, control: ProcessControl): Command {
  const command = new Command("shrink")
    .description("drop what is no longer found from the baseline; nothing new is accepted")
    .argument("[path]", "the project's folder", ".")
  return withLookOptions(command).action(async (path: string, options: object) => {
    const ended = await look(io, control, requestOf(path, options))
    if (ended === undefined) return
    const baseline = await baselineOf(ended)
    if (baseline === undefined) return void io.stdout.write("there is no baseline to shrink: quillon baseline write\n")
    const entries = shrinkEntries(ended.report, baseline)
    const file = await write(ended, entries)
    const dropped = baseline.entries.length - entries.length
    io.stdout.write(`${file}: ${plural(entries.length, "finding")}, ${dropped} fewer\n`)
    if (entries.length === 0) io.stdout.write("it is empty: the file can be deleted\n")
  })
}

function requestOf(path: string, options: object): RunRequest {
  return { ...readRunRequest({ ...options, only: STAGES }, { path, args: [] }), ending: "troubles" }
}

/** Runs the stages; gives back nothing, with the exit code set, where not all of them could look. */
async function look(io: Io, control: ProcessControl, request: RunRequest): Promise<EndedRun | undefined> {
  const { run } = await import("../run.js")
  const ended = await run(io, control, request)
  if (ended === undefined) return undefined
  const unseen = unseenCells(ended.report, STAGES)
  if (unseen.length === 0) {
    io.leave(0)
    return ended
  }
  io.stderr.write(`the baseline stays as it is: ${unseen.map(addressOfReport).join(", ")} could not look\n`)
  io.leave(2)
  return undefined
}

async function baselineOf({ known }: EndedRun): Promise<Baseline | undefined> {
  return loadBaseline(createHostFiles(known.folder), known.settings)
}

/** A baseline that is not there, or can't be read, is replaced. */
async function oldEntries(ended: EndedRun): Promise<readonly BaselineEntry[]> {
  return baselineOf(ended).then(
    (baseline) => baseline?.entries ?? [],
    () => [],
  )
}

async function write({ known }: EndedRun, entries: readonly BaselineEntry[]): Promise<string> {
  const file = known.settings.baseline ?? BASELINE_FILE
  await writeOutput(join(known.folder, file), renderBaseline(entries))
  return file
}

function perStage(entries: readonly BaselineEntry[]): string {
  const stages = [...new Set(entries.map(({ stage }) => stage))].sort()
  const counts = stages.map((name) => `${name} ${entries.filter(({ stage }) => stage === name).length}`)
  return counts.length === 0 ? "" : ` (${counts.join(", ")})`
}
