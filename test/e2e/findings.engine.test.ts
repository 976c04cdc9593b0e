import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { cellOf, lastReport, quillon } from "./quillon.js"
import { smallProject } from "./small-project.js"

const OLD = "import os\n\n\ndef half(n: int) -> str:\n    return n / 2\n"
const PATH = "src/small/old.py"

describe("a project with a past", () => {
  let cwd: string
  beforeAll(async () => {
    cwd = await smallProject({ [PATH]: OLD })
  })
  const baseline = async () => JSON.parse(await readFile(join(cwd, "quillon-baseline.json"), "utf8"))

  it("accepts what is there, and is green for it", async () => {
    const wrote = await quillon(["baseline", "write"], { cwd })
    expect(wrote.all).toContain("quillon-baseline.json: 2 findings (lint 1, types 1)")
    expect(wrote.exitCode).toBe(0)
    expect((await baseline()).findings).toMatchObject([
      { stage: "lint", rule: "F401", file: PATH },
      { stage: "types", rule: "return-value", file: PATH },
    ])
    const ran = await quillon(["ci", "--only", "lint,types"], { cwd })
    expect(ran.exitCode).toBe(0)
    expect(cellOf(await lastReport(cwd), "lint")).toMatchObject({
      outcome: "passed",
      findings: [{ rule: "F401", baselined: expect.any(String) }],
    })
  })

  it("is red for what is new, though all lines moved, and annotates that alone", async () => {
    await writeFile(join(cwd, PATH), `import abc\n${OLD}`)
    const ran = await quillon(["lint"], { cwd, env: { GITHUB_ACTIONS: "true" } })
    expect(ran.exitCode).toBe(1)
    const annotations = ran.stdout.split("\n").filter((line) => /^::(error|warning)/.test(line))
    expect(annotations).toHaveLength(1)
    expect(annotations[0]).toMatch(/file=src\/small\/old\.py,line=1,.*`abc` imported but unused/)
  })

  it("shows what ruff would fix, and writes nothing unasked", async () => {
    const shown = await quillon(["lint", "--fix"], { cwd })
    expect(shown.exitCode).toBe(1)
    expect(shown.stdout).toContain("--- a/src/small/old.py\n+++ b/src/small/old.py\n")
    expect(shown.stdout).toContain("\n-import abc\n")
    expect(shown.stdout).toContain("not applied to 1 file: quillon lint --fix --yes applies it")
    expect(await readFile(join(cwd, PATH), "utf8")).toBe(`import abc\n${OLD}`)
  })

  it("fixes when told so, after which lint finds nothing and the baseline can shrink", async () => {
    const fixed = await quillon(["lint", "--fix", "--yes"], { cwd })
    expect(fixed.stdout).toMatch(/^applied to 1 file$/m)
    expect(fixed.exitCode).toBe(0)
    expect(await readFile(join(cwd, PATH), "utf8")).not.toContain("import")
    const ran = await quillon(["lint"], { cwd })
    expect(ran.exitCode).toBe(0)
    expect(ran.all).toContain("quillon-baseline.json has 1 finding no longer there: quillon baseline shrink")
    await quillon(["baseline", "shrink"], { cwd })
    expect((await baseline()).findings).toMatchObject([{ stage: "types" }])
  })
})
