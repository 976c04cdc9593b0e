/**
 * How long a plan takes on a long history, and how much memory: `npm run bench:plan`.
 * The history is made in a temporary folder: 20,000 commits, 500 tags.
 */
import { planRelease } from "../src/release/plan-release.js"
import { chooseStart } from "../src/release/tags.js"
import { gatherGitFacts } from "../src/targets/git-facts.js"
import { localGit, type ScriptedCommit, writeRepository } from "../test/git/repository.js"
import { factsOf, policy } from "../test/release/fixture.js"

const COMMITS = 20_000
const TAGS = 500
const RUNS = 5

const script = Array.from({ length: COMMITS }, (_, index): ScriptedCommit => {
  const kind = ["feat(api)", "fix", "docs", "chore", "perf(core)"][index % 5]
  const body = index % 3 === 0 ? `\n\nA body of two lines\nabout number ${index}.\n\nCloses #${index}` : ""
  const every = COMMITS / TAGS
  const tags = index % every === 0 ? [`v1.${index / every}.0`] : []
  return { message: `${kind}: number ${index} (#${index})${body}`, tags }
})

const { folder, remove } = await writeRepository(script, "git@github.com:ada/engine.git")
try {
  const git = localGit(folder)
  const sinceLast = (tags: Parameters<typeof chooseStart>[0]) => chooseStart(tags, "v{version}")
  for (const [name, start] of [
    ["since the last of 500 tags", sinceLast],
    ["all 20,000 commits at once", () => null],
  ] as const) {
    const gathered = await timed(() => gatherGitFacts(git, { start }))
    const facts = { ...factsOf({}), ...gathered.value }
    const tags = start === sinceLast ? facts.tags : []
    const planned = await timed(() => planRelease({ ...facts, tags }, policy(), Date.now()))
    const plan = planned.value
    print({
      name,
      commits: facts.commits.length,
      tags: facts.tags.length,
      "facts, ms (median)": gathered.median,
      "plan, ms (median)": planned.median,
      "plan, ms (first)": planned.first,
      "plan, ms of processor (median)": planned.cpu,
      version: plan.kind === "release" ? plan.version.semver : plan.kind,
      "resident memory, MB": Math.round(process.memoryUsage().rss / 1e6),
    })
  }
} finally {
  await remove()
}

interface Timed<T> {
  readonly value: T
  readonly first: number
  readonly median: number
  /** Of this process alone, so that a busy machine does not count. */
  readonly cpu: number
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const times: number[] = []
  const processor: number[] = []
  let value: T | undefined
  for (let run = 0; run < RUNS; run++) {
    const [started, used] = [performance.now(), process.cpuUsage()]
    value = await work()
    times.push(Math.round(performance.now() - started))
    const { user, system } = process.cpuUsage(used)
    processor.push(Math.round((user + system) / 1000))
  }
  return { value: value as T, first: times[0] ?? 0, median: median(times), cpu: median(processor) }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

function print(row: Readonly<Record<string, string | number>>): void {
  process.stdout.write(`${JSON.stringify(row)}\n`)
}
