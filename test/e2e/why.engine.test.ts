import { randomInt } from "node:crypto"
import { rm } from "node:fs/promises"
import { dirname } from "node:path"
import { expect, test } from "vitest"
import { writeFiles } from "../write-files.js"
import { quillon } from "./quillon.js"
import { smallProject } from "./small-project.js"

test("why names the file for which a stage ran again, and says of what was cached that nothing changed", async () => {
  const cwd = await smallProject()
  try {
    const lint = async () => {
      const { exitCode, all } = await quillon(["lint", "-q"], { cwd })
      expect([exitCode, all]).toEqual([0, ""])
      return (await quillon(["why", "lint"], { cwd })).stdout
    }
    await lint()
    expect(await lint()).toMatch(/^lint was cached in \S+: nothing changed since \S+$/)
    // Never the same twice, or the engine would remember it from another run of this test.
    await writeFiles(cwd, { "src/small/one.py": `ONE = ${randomInt(1e9)}\n`, "notes.txt": `${randomInt(1e9)}\n` })
    expect(await lint()).toMatch(/^lint ran in \S+, since \S+:\n {2}src\/small\/one\.py added$/)
  } finally {
    await rm(dirname(cwd), { recursive: true, force: true })
  }
})
