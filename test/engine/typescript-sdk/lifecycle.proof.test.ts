import { mkdir, readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { changesIn, commitAll } from "../../module/checkout.js"
import { dagger } from "../../module/dagger.js"
import { managedModule, NOTES, RICH, writeModules } from "./samples.js"

describe("dagger init --sdk typescript", () => {
  it("makes a module whose functions can be called at once", async () => {
    const folder = join(await writeModules({}), "hello-there")
    await mkdir(folder)
    const made = await dagger(["init", "--sdk", "typescript", "--name", "hello-there"], { cwd: folder })
    expect(made.exitCode, made.stderr).toBe(0)
    expect(await readdir(folder)).toEqual(expect.arrayContaining(["dagger.json", "package.json", "src", "sdk"]))
    const { stdout } = await dagger(["functions"], { cwd: folder })
    expect(stdout).toContain("container-echo")
    expect(stdout).toContain("grep-dir")
  })
})

describe("a module with dependencies", () => {
  let cwd: string

  beforeAll(async () => {
    const folder = await writeModules({ ...NOTES, ...RICH })
    cwd = join(folder, "rich")
    await commitAll(folder)
  })

  it("uses npm packages, a package in its own folder and an enum", async () => {
    const args = ["call", "--level", "HIGH", "raise", "--version", "2.0.0", "--by", "3"]
    expect((await dagger(args, { cwd })).stdout.trim()).toBe("greetings 2.3.0 high")
  })

  it("calls the module that it depends on", async () => {
    expect((await dagger(["call", "through"], { cwd })).stdout.trim()).toBe("note.txt")
  })

  it("reads a secret", async () => {
    const args = ["call", "length", "--secret", "env://WORD"]
    expect((await dagger(args, { cwd, env: { WORD: "abcdefg" } })).stdout.trim()).toBe("7")
  })

  it("fails a check with the message of its error and passes the other", async () => {
    const { exitCode, stderr } = await dagger(["check", "rich:wrong"], { cwd })
    expect(exitCode).toBe(1)
    expect(stderr).toContain("this is wrong")
    expect((await dagger(["check", "rich:fine"], { cwd })).exitCode).toBe(0)
  })

  it("is developed once: the second time changes nothing", async () => {
    await dagger(["develop"], { cwd })
    expect(JSON.parse(await readFile(join(cwd, "package-lock.json"), "utf8")).packages).toHaveProperty(
      "node_modules/semver",
    )
    await commitAll(join(cwd, ".."))
    await dagger(["develop"], { cwd })
    expect(await changesIn(cwd)).toBe("")
  })
})

describe.each([
  ["yarn@1.22.22", "yarn.lock"],
  ["pnpm@8.15.4", "pnpm-lock.yaml"],
])("a module of %s", (manager, lock) => {
  it("is installed and locked by it", async () => {
    const cwd = join(await writeModules(managedModule(manager)), "managed")
    expect((await dagger(["call", "clean", "--version", " v1.2.3 "], { cwd })).stdout.trim()).toBe("1.2.3")
    await dagger(["develop"], { cwd })
    expect(await readdir(cwd)).toContain(lock)
  })
})
