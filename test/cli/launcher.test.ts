import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeEach, describe, expect, test } from "vitest"

const LAUNCHER = join(import.meta.dirname, "../../quillon")
let home: string
let checkout: string

/** A checkout with the real launcher; its node and npm only write down what they were asked. */
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "quillon launcher "))
  checkout = join(home, "check out")
  for (const folder of ["src", "cli", "engine", "scripts"]) mkdirSync(join(checkout, folder), { recursive: true })
  mkdirSync(join(home, "bin"))
  cpSync(LAUNCHER, join(checkout, "quillon"))
  for (const file of ["package.json", "package-lock.json", "VERSION", "src/a.ts", "scripts/build.mjs"]) {
    writeFileSync(join(checkout, file), "")
  }
  program("npm", 'echo "npm $*" >>"$CALLS"; mkdir -p node_modules; : >node_modules/.package-lock.json')
  fakeNode("v20.19.0")
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

function program(name: string, body: string): void {
  writeFileSync(join(home, "bin", name), `#!/bin/sh\n${body}\n`)
  chmodSync(join(home, "bin", name), 0o755)
}

function fakeNode(version: string): void {
  program(
    "node",
    `case "$1" in
      -v) echo ${version} ;;
      scripts/build.mjs) echo "build $2" >>"$CALLS"; sleep 0.3; : >dist/quillon.js ;;
      *) shift; echo "run $*" >>"$CALLS" ;;
    esac`,
  )
}

function start(...args: readonly string[]) {
  const PATH = `${join(home, "bin")}:${process.env.PATH}`
  return execa(join(checkout, "quillon"), args, {
    reject: false,
    extendEnv: false,
    env: { PATH, CALLS: join(home, "calls") },
  })
}

function calls(): readonly string[] {
  return readFileSync(join(home, "calls"), "utf8").trim().split("\n")
}

function age(path: string, seconds: number): void {
  const at = Date.now() / 1000 + seconds
  utimesSync(join(checkout, path), at, at)
}

describe("./quillon", () => {
  test("installs and builds what is missing, then runs with the same arguments", async () => {
    const { exitCode } = await start("ci", "my project", "--", "-k", "a b")
    expect(exitCode).toBe(0)
    expect(calls()).toEqual([
      "npm ci --no-audit --no-fund --loglevel=error",
      "build --cli",
      "run ci my project -- -k a b",
    ])
  })

  test("does nothing twice", async () => {
    await start()
    rmSync(join(home, "calls"))
    await start("--version")
    expect(calls()).toEqual(["run --version"])
  })

  test("builds again after an edit, and installs again after a changed lock file", async () => {
    await start()
    age("src/a.ts", 5)
    await start("one")
    expect(calls().slice(-2)).toEqual(["build --cli", "run one"])
    age("package-lock.json", 10)
    await start("two")
    expect(calls().at(-3)).toContain("npm ci")
  })

  test("two at once: one builds, the other waits and says for whom", async () => {
    const both = await Promise.all([start("one"), start("two")])
    expect(calls().filter((call) => call.startsWith("build"))).toHaveLength(1)
    expect(calls().filter((call) => call.startsWith("run"))).toHaveLength(2)
    expect(both.map(({ stderr }) => stderr).join("\n")).toMatch(/waiting for process \d+, which builds/)
  })

  test("the lock of a process that died is no lock", async () => {
    mkdirSync(join(checkout, "dist"))
    symlinkSync("4194304", join(checkout, "dist/.lock"))
    expect((await start("one")).exitCode).toBe(0)
    expect(calls().at(-1)).toBe("run one")
  })

  test.each(["v18.20.0", "v20.18.3"])("refuses Node %s and says what to install", async (version) => {
    fakeNode(version)
    const { exitCode, stderr } = await start()
    expect(exitCode).toBe(2)
    expect(stderr).toContain("install Node.js 20.19 or newer")
  })

  test.each(["v20.19.0", "v22.0.0", "v24.13.1"])("takes Node %s", async (version) => {
    fakeNode(version)
    expect((await start()).exitCode).toBe(0)
  })

  test("says so when the build fails, and leaves no lock behind", async () => {
    program("npm", "echo no network >&2; exit 1")
    const { exitCode, stderr } = await start()
    expect(exitCode).toBe(2)
    expect(stderr).toContain("npm ci failed")
    program("npm", 'echo "npm $*" >>"$CALLS"; mkdir -p node_modules; : >node_modules/.package-lock.json')
    expect((await start("again")).exitCode).toBe(0)
  })

  test("works through a link on PATH", async () => {
    symlinkSync(join(checkout, "quillon"), join(home, "bin/quillon"))
    const PATH = `${join(home, "bin")}:${process.env.PATH}`
    const env = { PATH, CALLS: join(home, "calls") }
    await execa("quillon", ["lint"], { extendEnv: false, env })
    expect(calls().at(-1)).toBe("run lint")
  })
})
