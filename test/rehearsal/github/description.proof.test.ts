import { join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"

test("the description is that of GitHub's package (else run: node scripts/github-description.mjs)", async () => {
  const script = join(import.meta.dirname, "../../../scripts/github-description.mjs")
  const { exitCode, stderr } = await execa("node", [script, "--check"], { reject: false })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
})
