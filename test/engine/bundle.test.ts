import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { readBundle, writeBundle } from "../../engine/bundle.js"
import { createRunner } from "../../engine/process.js"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon-bundle-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = createRunner({ env: process.env, log: () => {} })
const machine = (name: string) => {
  const cache = join(folder, name)
  mkdirSync(join(cache, "scratch"), { recursive: true })
  return { cache, scratch: join(cache, "scratch"), run, say: () => {} }
}

async function bundleOfOneMachine(): Promise<string> {
  const one = machine("one")
  mkdirSync(join(one.cache, "builds", "k1"), { recursive: true })
  mkdirSync(join(one.cache, "bases"), { recursive: true })
  writeFileSync(join(one.cache, "builds", "k1", "engine"), "program".repeat(1000), { mode: 0o755 })
  writeFileSync(join(one.cache, "bases", "bookworm-k2.tar"), "tar")
  const file = join(folder, "engine.tar.gz")
  const paths = ["builds/k1", "bases/bookworm-k2.tar"]
  await writeBundle(file, { version: "v0.21.7", architecture: "amd64", paths }, one)
  return file
}

describe("a bundle", () => {
  test("brings another machine what one machine made, executable as it was", async () => {
    const file = await bundleOfOneMachine()
    const other = machine("other")
    await readBundle(file, "amd64", other)
    expect(readFileSync(join(other.cache, "builds/k1/engine"), "utf8")).toBe("program".repeat(1000))
    expect(statSync(join(other.cache, "builds/k1/engine")).mode & 0o777).toBe(0o755)
    expect(readFileSync(join(other.cache, "bases/bookworm-k2.tar"), "utf8")).toBe("tar")
    expect(existsSync(join(other.scratch, "bundle"))).toBe(false)
  })

  test("that is cut off is refused, and nothing reaches the cache", async () => {
    const file = await bundleOfOneMachine()
    truncateSync(file, statSync(file).size - 40)
    const other = machine("other")
    await expect(readBundle(file, "amd64", other)).rejects.toThrow(/can't be used/)
    expect(existsSync(join(other.cache, "builds"))).toBe(false)
  })

  test("whose content was changed is refused by its checksum", async () => {
    const file = await bundleOfOneMachine()
    const forge = join(folder, "forge")
    mkdirSync(forge)
    await run(["tar", "--extract", "--gzip", `--file=${file}`, `--directory=${forge}`])
    writeFileSync(join(forge, "bases", "bookworm-k2.tar"), "rat")
    await run(["tar", "--create", "--gzip", `--file=${file}`, `--directory=${forge}`, "."])
    await expect(readBundle(file, "amd64", machine("other"))).rejects.toThrow(/bases\/bookworm-k2\.tar is damaged/)
  })

  test("for another processor is refused", async () => {
    const file = await bundleOfOneMachine()
    await expect(readBundle(file, "arm64", machine("other"))).rejects.toThrow(/it is for amd64, this machine is arm64/)
  })

  test("that is not there is an error that says how to make one", async () => {
    const missing = readBundle(join(folder, "none.tar.gz"), "amd64", machine("other"))
    await expect(missing).rejects.toMatchObject({
      code: "ENGINE_BUNDLE_UNUSABLE",
      next: expect.stringContaining("engine bundle -o"),
    })
  })
})
