/**
 * How long Dagger takes to load this module and to call it, beside a module with one trivial function:
 * `npm run bench:module`. Writes its part of docs/benchmarks.md; with `-- --quick` it measures each once, and only prints.
 * The engine is the one that `quillon engine env` names.
 */
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { engineEnvironment } from "../test/engine-session.js"
import { sourcesBelow } from "../test/house/sources.js"
import { mustRun, type Place, timeProcess } from "./clock.js"
import { describeMachine } from "./machine.js"
import { type ModuleMeasure, renderModulePart } from "./module-page.js"
import { type ModuleSubject, makeModules, makeProject } from "./module-subjects.js"
import { replacePart } from "./page.js"

const quick = process.argv.includes("--quick")

/** Edits of each module. */
const ROUNDS = quick ? 1 : 4

/** Calls of each kind between two edits. */
const WARM = quick ? 1 : 4

const ROOT = join(import.meta.dirname, "..")
const env = { ...process.env, ...engineEnvironment() }
const program = env._EXPERIMENTAL_DAGGER_CLI_BIN ?? "dagger"
const load = loadavg()[0] ?? 0

const scratch = await mkdtemp(join(tmpdir(), "quillon-bench-module-"))
try {
  const place: Place = { cwd: scratch, env }
  const subjects = await makeModules(ROOT, scratch, place)
  const project = await makeProject(ROOT, scratch, place)
  const measures = await measureAll(subjects, { cwd: project, env })
  const sources = sourcesBelow("src")
  const part = renderModulePart(measures, {
    date: new Date().toISOString().slice(0, 10),
    commit: (await mustRun(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], place)).trim(),
    machine: describeMachine(),
    load,
    files: sources.length,
    lines: sources.reduce((sum, { text }) => sum + text.split("\n").length, 0),
  })
  process.stdout.write(`${part}\n`)
  const page = join(ROOT, "docs/benchmarks.md")
  if (!quick) await writeFile(page, replacePart(await readFile(page, "utf8"), part, "module"))
} finally {
  await rm(scratch, { recursive: true, force: true })
}

/** Measures in turns, so that whatever else the machine does falls on both. */
async function measureAll(subjects: readonly ModuleSubject[], place: Place): Promise<readonly ModuleMeasure[]> {
  const measures = new Map<string, { trivial: number[]; quillon: number[] }>()
  const time = async (title: string, { name, folder }: ModuleSubject, args: readonly string[]) => {
    const { seconds, code, err } = await timeProcess([program, "--silent", "--mod", folder, ...args], place)
    if (code !== 0) throw new Error(`${name}: ${args.join(" ")} ended with ${code}:\n${err.slice(-2000)}`)
    const measure = measures.get(title) ?? { trivial: [], quillon: [] }
    measures.set(title, measure)
    measure[name].push(seconds)
  }
  const probe = (text: string) => ["call", "probe", "--text", text]
  for (const subject of subjects) await time("first `functions` ever", subject, ["functions"])
  for (let round = 0; round < ROUNDS; round++) {
    for (const subject of subjects) await appendFile(subject.source, `// edit ${round} of ${scratch}\n`)
    for (const subject of subjects) await time("`functions` after an edit", subject, ["functions"])
    for (const subject of subjects) await time("first call after it", subject, probe(`edit ${round}`))
    for (let call = 0; call < WARM; call++) {
      for (const subject of subjects) await time("`functions`, unchanged", subject, ["functions"])
      for (const subject of subjects) await time("warm call, new argument", subject, probe(`${round} ${call}`))
      for (const subject of subjects) await time("warm call, the engine knows the answer", subject, probe("same"))
    }
  }
  const own = subjects.filter(({ name }) => name === "quillon")
  for (const args of [["inspect"], ["lint"], ["ci"]]) {
    const title = `\`dagger call ${args[0]}\`, unchanged project`
    for (const subject of own) {
      // Once unmeasured: the engine may not know the project's cells yet.
      await mustRun([program, "--silent", "--mod", subject.folder, "call", ...args], place)
      for (let call = 0; call < WARM; call++) await time(title, subject, ["call", ...args])
    }
  }
  return [...measures].map(([title, measure]) => ({ title, ...measure }))
}
