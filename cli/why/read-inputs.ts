import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { INPUTS_FILE, type Inputs, inputsSchema } from "../../src/capsule/inputs.js"
import { QuillonError } from "../../src/errors.js"
import { cacheFolder } from "../cache-folder.js"
import type { Io } from "../io.js"
import { isRunId } from "../run-id.js"

/** Reads what the runs of a project depended on, newest first, as far as somebody asks. */
export async function* readInputs(folder: string, env: Io["env"]): AsyncGenerator<Inputs> {
  for (const runs of [join(folder, ".quillon/runs"), join(cacheFolder(env), "runs")]) {
    const ids = (await readdir(runs).catch(() => [])).filter(isRunId).sort().reverse()
    for (const id of ids) {
      const inputs = await readRun(join(runs, id))
      if (inputs !== undefined) yield inputs
    }
  }
}

/** A run that was killed, or that an older Quillon made, has none. */
async function readRun(run: string): Promise<Inputs | undefined> {
  try {
    return inputsSchema.parse(JSON.parse(await readFile(join(run, INPUTS_FILE), "utf8")))
  } catch {
    return undefined
  }
}

/** The error for a project of which no run is recorded. */
export function noRunRecorded(folder: string, name: string): QuillonError {
  return new QuillonError({
    code: "NO_RUN_RECORDED",
    message: `no run of ${name} is recorded in ${folder}`,
    next: "quillon ci makes one; it takes two to tell what changed",
    kind: "usage",
  })
}
