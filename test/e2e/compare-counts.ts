import { expect } from "vitest"
import type { Report } from "../../src/pipeline/report.js"
import { hostPythons } from "../plain/host-pythons.js"
import { countsSchema, type PlainCounts, type PlainSpec, plainCounts } from "../plain/plain-counts.js"
import { startRedis } from "../plain/redis.js"
import { cellOf, lastReport, outcomes, quillon } from "./quillon.js"
import type { Sample } from "./sample-projects.js"

/** What a run and the plain tools counted, in the same words. */
export interface Comparison {
  readonly quillon: PlainCounts
  readonly plain: PlainCounts
  readonly report: Report
}

/** Interpreters for which the tools have a release, best first. */
const CURRENT = ["3.13", "3.12", "3.11", "3.10"]

/** Runs `quillon ci` and then the plain tools, in the versions that ran, each on a fresh copy of a project. */
export async function compareCounts(sample: Sample, wanted = sample.pythons): Promise<Comparison> {
  const pythons = await hostPythons(wanted)
  const versions = Object.keys(pythons)
  expect(versions, `this machine has no Python ${wanted.join(", ")}`).not.toEqual([])
  const cwd = await sample.fetch()
  const { all, exitCode } = await quillon(["ci", ...versions.flatMap((version) => ["--python", version])], { cwd })
  expect(exitCode, all).toBeLessThan(2)
  const report = await lastReport(cwd)
  const ran = versionOf(report, "types", "python")?.split(".").slice(0, 2).join(".") ?? ""
  const spec = specOf(sample, { report, pythons, main: pythons[ran] === undefined ? (versions.at(-1) ?? "") : ran })
  const redis = sample.database ? await startRedis() : undefined
  try {
    const env = redis === undefined ? {} : { DATABASE_URL: redis.url }
    const [tools = "python3"] = Object.values(await hostPythons(CURRENT))
    const plain = await plainCounts(await sample.fetch(), { ...spec, tools, env })
    return { quillon: sameWords(countsOf(report, sample), sample), plain: sameWords(plain, sample), report }
  } finally {
    await redis?.stop()
  }
}

function specOf(
  { tests, types, mypy, packages, covered, formatted }: Sample,
  { report, pythons, main }: { report: Report } & Pick<PlainSpec, "pythons" | "main">,
): Omit<PlainSpec, "env" | "tools"> {
  const tool = (address: string, name: string) => versionOf(report, address, name) ?? "missing"
  const pytest = Object.keys(pythons).map((version) => [version, tool(`test@${version}`, "pytest")])
  return {
    ...{ pythons, main, tests, types, mypy, packages, covered, formatted },
    installed: outcomes(report).build !== "skipped",
    versions: {
      ruff: tool("lint", "ruff"),
      mypy: tool("types", "mypy"),
      bandit: tool("security", "bandit"),
      coverage: covered ? tool("coverage", "coverage") : "",
      pytest: Object.fromEntries(pytest),
    },
  }
}

function versionOf(report: Report, address: string, name: string): string | undefined {
  return cellOf(report, address).tools.find((tool) => tool.name === name)?.version
}

function countsOf(report: Report, { covered }: Sample): PlainCounts {
  const measures = (address: string) => cellOf(report, address).measures
  const known = outcomes(report)
  const tested = Object.keys(known).filter((address) => address.startsWith("test@") && known[address] !== "skipped")
  const versions = tested.map((address) => address.slice("test@".length))
  const wheel = (version: string) => {
    const { file } = measures(known[`build@${version}`] === undefined ? "build" : `build@${version}`).wheel as Wheel
    return file
  }
  return countsSchema.parse({
    ruff: measures("lint"),
    bandit: measures("security"),
    mypy: measures("types").errors,
    pytest: Object.fromEntries(versions.map((version) => [version, measures(`test@${version}`).tests])),
    coverage: covered ? measures("coverage").lines : null,
    wheels: known.build === "skipped" ? {} : Object.fromEntries(versions.map((each) => [each, wheel(each)])),
  })
}

/** Whether a test is skipped because a module is missing depends on who compiled the interpreter. */
function sameWords(counts: PlainCounts, { skipsMissingModules }: Sample): PlainCounts {
  if (!skipsMissingModules) return counts
  const merged = Object.entries(counts.pytest).map(([python, { passed = 0, skipped = 0, ...rest }]) => [
    python,
    { ...rest, "passed or skipped": passed + skipped },
  ])
  return { ...counts, pytest: Object.fromEntries(merged) }
}

interface Wheel {
  readonly file: string
}
