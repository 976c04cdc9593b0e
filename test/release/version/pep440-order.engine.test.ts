import { join } from "node:path"
import { execa } from "execa"
import fc from "fast-check"
import { expect, test } from "vitest"
import { toPep440 } from "../../../src/release/version/pep440-text.js"
import { compareVersions, toSemVer } from "../../../src/release/version/version.js"
import { versions } from "./arbitrary-versions.js"
import { pythonVenv } from "./python-venv.js"

const PACKAGING = ["packaging==25.0 --hash=sha256:29572ef2b1f17581046b3a2227d5c611fb25ec70ca1ba8554b24b0e69331a484"]

/** Reads versions as JSON; writes for each its normal form and whether it is a pre-release, then the order of all. */
const SCRIPT = `
import json, sys
from packaging.version import Version
texts = json.load(sys.stdin)
parsed = [Version(text) for text in texts]
order = sorted(range(len(texts)), key=lambda i: (parsed[i], i))
json.dump({"normal": [str(v) for v in parsed], "pre": [v.is_prerelease for v in parsed], "order": order}, sys.stdout)
`

test("Python's own library reads and orders five thousand versions as SemVer does", async () => {
  const { bin } = await pythonVenv(PACKAGING)
  const sample = fc.sample(versions(), { numRuns: 5000, seed: 20261124 })
  const texts = sample.map(toPep440)
  const { stdout } = await execa(join(bin, "python"), ["-I", "-c", SCRIPT], { input: JSON.stringify(texts) })
  const python: { normal: string[]; pre: boolean[]; order: number[] } = JSON.parse(stdout)

  expect(new Set(texts).size).toBeGreaterThan(2000)
  expect(python.normal).toEqual(texts)
  expect(python.pre).toEqual(sample.map(({ pre }) => pre !== undefined))
  const ours = sample.map((_, index) => index)
  ours.sort((a, b) => {
    const [left, right] = [sample[a], sample[b]]
    return left === undefined || right === undefined ? 0 : compareVersions(left, right) || a - b
  })
  expect(ours.map((index) => toSemVer(sample[index] as never))).toEqual(
    python.order.map((index) => toSemVer(sample[index] as never)),
  )
})
