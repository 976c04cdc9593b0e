/**
 * Compares `quillon ci` with a shell script, nox and tox on one machine: `npm run bench`.
 *
 *   --quick             one project, one run of each scenario; the page is not written
 *   --subject NAME      only this project; may be given again
 *   --skip NAME         leave a contestant out; may be given again
 *   --page              write the page again from the last full run
 */
import { existsSync } from "node:fs"
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises"
import { loadavg } from "node:os"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { cacheFolder } from "../cli/cache-folder.js"
import { enginePaths } from "../engine/paths.js"
import { pythonStages } from "../src/stages/python-stages.js"
import { ourRequirement } from "../src/stages/tool-pins.js"
import { mustRun } from "./clock.js"
import { compare } from "./compare.js"
import { engineInterpreters, findInterpreter, type HostInterpreter, linkInterpreters } from "./interpreters.js"
import { judge } from "./judge.js"
import { describeMachine } from "./machine.js"
import { CONTESTANTS, type Measure, type MeasuredSubject, type Results } from "./measure.js"
import { CORE } from "./own-run.js"
import { renderResults, replacePart } from "./page.js"
import type { RivalPlan } from "./rivals/script.js"
import { installRivals, RIVAL_TOOLS } from "./rivals/tools.js"
import { measureStartUp } from "./start-up.js"
import type { Subject } from "./subject.js"
import { SUBJECTS } from "./subjects.js"

const ROOT = join(import.meta.dirname, "..")
const PAGE = join(ROOT, "docs/benchmarks.md")

const FULL = { cold: 3, unchanged: 7, "README commit": 3, "test edit": 3, "source edit": 3 }
const QUICK = { cold: 1, unchanged: 1, "README commit": 1, "test edit": 1, "source edit": 1 }

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    subject: { type: "string", multiple: true },
    skip: { type: "string", multiple: true },
    page: { type: "boolean", default: false },
  },
})

const { env } = process
const kept = join(cacheFolder(env), "bench")
const last = join(kept, "last.json")
/** A copy, because a checkout that is worked on is built again now and then, and each build is another pipeline. */
const bundle = join(kept, "dist/quillon.js")

const interrupted = new AbortController()
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => interrupted.abort(new Error(`ended by ${signal}`)))

if (options.page) await writePage(JSON.parse(await readFile(last, "utf8")) as Results)
else await measureAll()

async function measureAll(): Promise<void> {
  await mkdir(kept, { recursive: true })
  const loadBefore = loadavg()[0] ?? Number.NaN
  // Built before the clock starts; the checkout's launcher builds what is stale.
  await mustRun([join(ROOT, "quillon"), "--version"], { cwd: ROOT, env })
  await mkdir(dirname(bundle), { recursive: true })
  await copyFile(join(ROOT, "dist/quillon.js"), bundle)
  const rivals = await installRivals(kept, { cwd: kept, env })
  const served = await engineInterpreters(enginePaths(env))
  if (served.size === 0) throw new Error("no engine of Quillon's own runs: ./quillon engine up")
  const found = await Promise.all([...served.keys()].map((version) => findInterpreter(version, env)))
  const usable = found.filter((one) => one !== undefined)
  const interpreters = join(kept, "interpreters")
  await linkInterpreters(usable, interpreters)

  tell(`start and engine`)
  const startUp = await measureStartUp({ root: ROOT, rounds: options.quick ? 5 : 20, env })
  const measures: Measure[] = []
  const subjects: Record<string, MeasuredSubject> = {}
  const contestants = CONTESTANTS.filter((name) => !(options.skip ?? []).includes(name))
  for (const subject of chooseSubjects()) {
    const pythons = usable.map(({ version }) => version).filter((version) => subject.pythons.includes(version))
    if (pythons.length === 0) throw new Error(`${subject.name} supports none of the interpreters here`)
    subjects[subject.name] = { title: subject.title, pythons, testsAlsoIn: subject.testsAlsoIn }
    const plans = plansOf(subject, pythons)
    const room = { folder: join(kept, "work"), path: [rivals, interpreters], env, bundle }
    const repetitions = options.quick ? QUICK : FULL
    const beyondCore = unaskedStages().some((name) => name !== "version" && !CORE.includes(name))
    measures.push(
      ...(await compare({
        subject,
        pythons,
        images: [...served.keys()],
        plans,
        repetitions,
        contestants,
        beyondCore,
        room,
        tell,
        signal: interrupted.signal,
      })),
    )
  }
  const results: Results = {
    circumstances: await circumstances(usable, { served, loadBefore }),
    startUp,
    measures,
    subjects,
  }
  for (const { target, on, measured, met } of judge(results)) {
    tell(`${met === undefined ? "?" : met ? "met" : "NOT MET"}: ${target} on ${on}: ${measured}`)
  }
  await writeFile(options.quick ? join(kept, "quick.json") : last, `${JSON.stringify(results, null, 1)}\n`)
  if (!options.quick) await writePage(results)
}

function chooseSubjects(): readonly Subject[] {
  if (options.subject !== undefined) return SUBJECTS.filter(({ name }) => options.subject?.includes(name))
  return options.quick ? SUBJECTS.slice(0, 1) : SUBJECTS
}

/** The rivals' cells: those of `core`, and those of the further stages that the pipeline runs unasked. */
function plansOf(subject: Subject, pythons: readonly string[]): { core: RivalPlan; all: RivalPlan } {
  const stages = unaskedStages()
  const core: RivalPlan = { subject, pythons, main: pythons.at(-1) ?? "", extras: {} }
  const extras: RivalPlan["extras"] = {
    ...(stages.includes("security") ? { security: ourRequirement("bandit") } : {}),
    ...(stages.includes("coverage") ? { coverage: true } : {}),
  }
  return { core, all: { ...core, extras } }
}

function unaskedStages(): readonly string[] {
  return pythonStages.filter(({ onDemand }) => !onDemand).map(({ name }) => name)
}

async function circumstances(
  usable: readonly HostInterpreter[],
  { served, loadBefore }: { readonly served: ReadonlyMap<string, string>; readonly loadBefore: number },
): Promise<Results["circumstances"]> {
  const git = (...args: readonly string[]) => mustRun(["git", ...args], { cwd: ROOT, env })
  const dirty = (await git("status", "--porcelain", "--", "src", "cli", "engine")) !== ""
  return {
    date: new Date().toISOString().slice(0, 10),
    command: "npm run bench",
    machine: describeMachine(),
    commit: `${(await git("rev-parse", "--short", "HEAD")).trim()}${dirty ? " with uncommitted changes" : ""}`,
    loadBefore,
    interpreters: usable.map(({ version, full, origin }) => `host ${full} (${origin}), engine ${served.get(version)}`),
    tools: RIVAL_TOOLS,
    stages: unaskedStages(),
  }
}

async function writePage(results: Results): Promise<void> {
  const page = existsSync(PAGE) ? await readFile(PAGE, "utf8") : "# Benchmarks\n"
  await writeFile(PAGE, replacePart(page, renderResults(results)))
  tell("docs/benchmarks.md is written")
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
