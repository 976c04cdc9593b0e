import { randomInt } from "node:crypto"
import { readdir, readFile, readlink, rm } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { Report } from "../../src/pipeline/report.js"
import { writeFiles } from "../write-files.js"
import { cellOf, lastReport, outcomes, quillon } from "./quillon.js"
import { smallProject } from "./small-project.js"

const GREEN = {
  version: "passed",
  "resolve@3.13": "passed",
  security: "passed",
  lint: "passed",
  types: "passed",
  build: "passed",
  "test@3.13": "passed",
}

/** Stages that had a step in the engine which did not come from its cache. The version is no step: it reads files. */
function ranAgain({ cells }: Report): readonly string[] {
  return cells
    .filter(({ stage, outcome, cached }) => stage !== "version" && outcome !== "skipped" && cached !== true)
    .map(({ stage }) => stage)
}

describe("quillon ci in a small package", () => {
  test("passes every stage, says so in one line, and exits with 0", async () => {
    const cwd = await smallProject()
    const { exitCode, all } = await quillon(["ci"], { cwd })
    expect({ exitCode, last: all?.trim().split("\n").at(-1) }).toEqual({
      exitCode: 0,
      last: expect.stringMatching(/^passed: 9 cells/),
    })
    expect(outcomes(await lastReport(cwd))).toMatchObject(GREEN)
  })

  test("leaves the wheel, the sdist, the logs and a JUnit file in the run's folder", async () => {
    const cwd = await smallProject()
    await quillon(["ci"], { cwd })
    const latest = join(cwd, ".quillon/runs/latest")
    const { artifacts } = cellOf(await lastReport(cwd), "build")
    expect(artifacts.map(({ path }) => path)).toEqual([
      "artifacts/build/sdist/small-1.2.3.tar.gz",
      "artifacts/build/wheel/small-1.2.3-py3-none-any.whl",
      "artifacts/build/build-requirements/build-requirements.txt",
    ])
    for (const { path, bytes } of artifacts) expect((await readFile(join(latest, path))).length).toBe(bytes)
    expect(await readFile(join(latest, "logs/test@3.13/pytest.log"), "utf8")).toContain("1 passed")
    expect(await readFile(join(latest, "junit.xml"), "utf8")).toContain("<testsuite")
  })

  test("runs nothing again when nothing has changed, also when the run's folder is gone", async () => {
    const cwd = await smallProject()
    await quillon(["ci"], { cwd })
    await rm(join(cwd, ".quillon"), { recursive: true })
    await quillon(["ci"], { cwd })
    const report = await lastReport(cwd)
    expect(ranAgain(report)).toEqual([])
  })

  test("asks an unchanged engine no more than 5 times for each cell", async () => {
    const cwd = await smallProject()
    await quillon(["ci"], { cwd })
    const { all } = await quillon(["ci", "-v"], { cwd })
    const trips = Number(/(\d+) round trips/.exec(all ?? "")?.[1])
    expect(trips).toBeGreaterThan(0)
    const ran = (await lastReport(cwd)).cells.filter(({ outcome }) => outcome !== "skipped")
    expect(trips / ran.length).toBeLessThanOrEqual(5)
  })

  test("runs only the tests again when only a test has changed", async () => {
    const cwd = await smallProject()
    await quillon(["ci"], { cwd })
    // Never the same twice, or the engine would remember it from another run of this test.
    const n = randomInt(1e9)
    await writeFiles(cwd, {
      "tests/test_double.py": `from small import double\n\n\ndef test_double() -> None:\n    assert double(${n}) == ${2 * n}\n`,
    })
    await quillon(["ci"], { cwd })
    const report = await lastReport(cwd)
    // lint reads every Python file, the tests too.
    expect(ranAgain(report)).toEqual(["lint", "test"])
  })

  test("runs a stage again when it is asked to", async () => {
    const cwd = await smallProject()
    await quillon(["lint"], { cwd })
    await quillon(["lint", "--fresh"], { cwd })
    expect(cellOf(await lastReport(cwd), "lint").cached).toBe(false)
  })
})

test("runs.keep says how many runs are kept", async () => {
  const cwd = await smallProject()
  for (let n = 0; n < 3; n += 1) await quillon(["lint"], { cwd, env: { QUILLON_RUNS_KEEP: "2" } })
  const runs = (await readdir(join(cwd, ".quillon/runs"))).filter((name) => name !== "latest")
  expect(runs).toHaveLength(2)
  expect(runs).toContain(await readlink(join(cwd, ".quillon/runs/latest")))
})

test("what follows -- goes to the tool", async () => {
  const cwd = await smallProject({
    "tests/test_more.py": "def test_one() -> None:\n    pass\n\n\ndef test_two() -> None:\n    pass\n",
  })
  await quillon(["test", "--python", "3.13", "--", "-k", "two"], { cwd })
  expect(cellOf(await lastReport(cwd), "test@3.13").measures.tests).toMatchObject({ passed: 1 })
})
