import { readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { type Report, reportSchema } from "../src/pipeline/report.js"
import { timeProcess } from "./clock.js"
import type { Breadth, OwnSample } from "./measure.js"
import type { Contestant } from "./rivals/contestants.js"

/** Stages of the breadth `core`. */
export const CORE = ["resolve", "lint", "types", "build", "test"]

/** Where Quillon works, and with what. */
export interface OwnRoom {
  readonly folder: string
  /** The CLI, as the package has it: one file. */
  readonly bundle: string
  readonly pythons: readonly string[]
  /** With `XDG_CACHE_HOME` of the engine that it is to find. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/** `quillon ci` as a contestant; a cold start is a new engine, so that there is nothing to forget but the runs. */
export function createOwn({ folder, bundle, pythons, env }: OwnRoom): Contestant {
  const forget = () => rm(join(folder, ".quillon"), { recursive: true, force: true })
  return {
    name: "quillon",
    folder,
    async run(breadth) {
      const { seconds, code, err } = await timeProcess(argvOf(breadth), { cwd: folder, env })
      const text = await readFile(join(folder, ".quillon/runs/latest/report.json"), "utf8").catch(() => undefined)
      if (text === undefined) throw new Error(`quillon ci left no report (exit code ${code}):\n${err.slice(-2000)}`)
      return { seconds, code, own: describeOwnRun(reportSchema.parse(JSON.parse(text)), err) }
    },
    forget,
    forgetAll: forget,
  }

  function argvOf(breadth: Breadth): readonly string[] {
    const only = breadth === "core" ? ["--only", CORE.join(",")] : []
    return [process.execPath, bundle, "ci", "--plain", "-v", "--python", pythons.join(","), ...only]
  }
}

/** What the report and the last line of `-v` say of a run. Pure. */
export function describeOwnRun(report: Report, said: string): OwnSample {
  const address = ({ stage, cell }: Report["cells"][number]) => (cell === "" ? stage : `${stage}@${cell}`)
  // `version` runs in no container, so that the engine has no word on it.
  const ran = report.cells.filter(({ stage, outcome }) => outcome !== "skipped" && stage !== "version")
  const again = ran.filter(({ cached }) => cached === false)
  const [, phases = "", roundTrips = "NaN"] = /^(.* ms), (\d+) round trips$/m.exec(said) ?? []
  return {
    cells: ran.length,
    again: again.map(address),
    unknown: ran.filter(({ cached }) => cached === null).map(address),
    unpassed: report.cells
      .filter(({ outcome }) => outcome === "failed" || outcome === "errored")
      .map((cell) => `${address(cell)} ${cell.outcome}`),
    slowest: Math.max(0, ...again.map(({ seconds }) => seconds)),
    roundTrips: Number(roundTrips),
    phases,
  }
}
