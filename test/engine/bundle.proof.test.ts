import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { throwawayEngine } from "./throwaway.js"

test("what one machine built starts on another, which has nothing and compiles nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "quillon-bundle-"))
  const file = join(folder, "engine.tar.gz")
  const one = throwawayEngine()
  const other = throwawayEngine({ empty: true })
  try {
    const bundled = await one.quillon("bundle", "-o", file)
    expect(bundled.code, bundled.err).toBe(0)
    expect(statSync(file).size).toBeGreaterThan(100e6)
    const up = await other.quillon("up", "--from", file)
    expect(up.code, up.err).toBe(0)
    expect(up.err).not.toMatch(/Go's module proxy|from Debian/)
    expect(up.out).toContain("python:3.9-slim, python:3.11-slim, python:3.13-slim")
  } finally {
    await other.remove()
    await one.remove()
    rmSync(folder, { recursive: true })
  }
})
