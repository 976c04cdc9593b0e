/**
 * How long the rehearsal of a small package takes, cold and warm, and the resuming of a release of which everything is
 * done: `npm run bench:release`. Writes its part of docs/benchmarks.md; with `-- --quick` it measures each once, and only
 * prints. The engine is the one that `quillon engine env` names.
 */
import { randomUUID } from "node:crypto"
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { loadavg, tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { smallProject, withSettings } from "../test/e2e/small-project.js"
import { engineEnvironment } from "../test/engine-session.js"
import { mustRun, type Place, timeProcess } from "./clock.js"
import { describeMachine } from "./machine.js"
import { replacePart } from "./page.js"
import { type ReleaseMeasure, renderReleasePart } from "./release-page.js"

const quick = process.argv.includes("--quick")

/** Projects that the engine never saw. */
const ROUNDS = quick ? 1 : 3

const ROOT = join(import.meta.dirname, "..")
const QUILLON = join(ROOT, "quillon")
const load = loadavg()[0] ?? 0

const scratch = await mkdtemp(join(tmpdir(), "quillon-bench-release-"))
const env = { ...process.env, ...engineEnvironment(), XDG_CACHE_HOME: scratch }
try {
  const here: Place = { cwd: ROOT, env }
  // Built when the sources changed; the time of that is no part of a release.
  await mustRun([QUILLON, "--version"], here)
  const measures = await measureAll()
  const part = renderReleasePart(measures, {
    date: new Date().toISOString().slice(0, 10),
    commit: (await mustRun(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], here)).trim(),
    machine: describeMachine(),
    load,
  })
  process.stdout.write(`${part}\n`)
  const page = join(ROOT, "docs/benchmarks.md")
  if (!quick) await writeFile(page, replacePart(await readFile(page, "utf8"), part, "release"))
} finally {
  await rm(scratch, { recursive: true, force: true })
}

async function measureAll(): Promise<readonly ReleaseMeasure[]> {
  const measures = new Map<string, number[]>()
  for (let round = 0; round < ROUNDS; round++) {
    const place = await makeProject()
    const time = async (title: string, args: readonly string[], code = 0) => {
      const timed = await timeProcess([QUILLON, "release", "--rehearse", ...args], place)
      const text = `${timed.out}\n${timed.err}`.slice(-2000)
      if (timed.code !== code) throw new Error(`${title}: ended with ${timed.code}:\n${text}`)
      measures.set(title, [...(measures.get(title) ?? []), timed.seconds])
    }
    try {
      await time("rehearsal, cold", [])
      // Each rehearsal begins with empty targets, so that the same version is released again.
      await time("rehearsal, warm", [])
      // From here on the targets stay up: their start is no part of what is resumed.
      await mustRun([QUILLON, "rehearsal", "up"], place)
      await time("rehearsal to targets that are up, killed before its receipt", ["--fail-after", "forge"], 2)
      await time("resume where every target has it", ["--resume"])
      await time("resume where nothing is unfinished", ["--resume"])
    } finally {
      await timeProcess([QUILLON, "rehearsal", "down", "--purge"], place)
      await rm(dirname(place.cwd), { recursive: true, force: true })
    }
  }
  return [...measures].map(([title, seconds]) => ({ title, seconds }))
}

/** A package whose files no engine has seen, with one commit. */
async function makeProject(): Promise<Place> {
  const cwd = await smallProject(
    withSettings('release.targets.forge = "github"\nrelease.channels = { main = "final" }'),
  )
  await appendFile(join(cwd, "src/small/__init__.py"), `\n\nMARK = "${randomUUID()}"\n`)
  await appendFile(join(cwd, "tests/test_double.py"), `\n\n# ${randomUUID()}\n`)
  const place = { cwd, env }
  const git = (...args: readonly string[]) =>
    mustRun(["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], place)
  await git("init", "--quiet", "--initial-branch=main")
  await git("remote", "add", "origin", "https://github.com/ada/small.git")
  await git("add", "--all")
  await git("commit", "--quiet", "--message", "feat: double")
  return place
}
