import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, expect, test } from "vitest"
import { engineEnvironment } from "../engine-session.js"
import { quillon } from "./quillon.js"
import { smallProject, withSettings } from "./small-project.js"

let cache: string
let folder: string
let env: Readonly<Record<string, string>>

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "quillon-rehearsal-"))
  env = { ...engineEnvironment(), XDG_CACHE_HOME: cache }
  folder = await smallProject(withSettings('release.targets.forge = "github"\nrelease.channels = { main = "final" }'))
  await git("init", "--quiet", "--initial-branch=main")
  await git("add", "--all")
  await commit("feat: double")
  // Nobody asks it: a rehearsal has a remote of its own.
  await git("remote", "add", "origin", "https://github.com/ada/small.git")
  expect(await run("rehearsal", "up")).toMatchObject({ exitCode: 0 })
})
afterAll(async () => {
  await run("rehearsal", "down", "--purge")
  await rm(cache, { recursive: true, force: true })
})

const run = (...args: readonly string[]) => quillon(args, { cwd: folder, env })

async function git(...args: readonly string[]) {
  const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
  return (await execa("git", [...person, ...args], { cwd: folder })).stdout
}

async function commit(message: string): Promise<void> {
  await git("commit", "--quiet", "--all", "--message", message)
}

const remote = () => join(cache, "quillon/rehearsal/git/project.git")

/** What installers get from the rehearsal's index, by the hashes of the release page's list. */
async function download(version: string): Promise<readonly string[]> {
  const { ports } = JSON.parse(await readFile(join(cache, "quillon/rehearsal/access.json"), "utf8"))
  const page = await (await fetch(`http://127.0.0.1:${ports.pypi}/simple/small/`)).text()
  const hashes = [...page.matchAll(/#sha256=(\w{64})"[^>]*>([^<]+)</g)].filter(([, , name]) => name?.includes(version))
  expect(hashes).toHaveLength(2)
  const target = await mkdtemp(join(cache, "download-"))
  const wanted = join(target, "wanted.txt")
  await writeFile(wanted, `small==${version} ${hashes.map(([, hash]) => `--hash=sha256:${hash}`).join(" ")}\n`)
  const index = `http://127.0.0.1:${ports.pypi}/simple/`
  const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--python-version", "3.13"]
  await execa("python3", [...pip, "--only-binary=:all:", "--index-url", index, "--dest", target, "-r", wanted])
  return (await readdir(target)).filter((name) => name.endsWith(".whl"))
}

test("a project is released twice, and git and pip find what was planned", async () => {
  const first = await run("release", "--rehearse")
  expect(first.all).toMatch(/released 1\.2\.3: every target was seen to have it/)
  expect(first.exitCode).toBe(0)
  expect(await download("1.2.3")).toEqual(["small-1.2.3-py3-none-any.whl"])
  // The working tree is nobody's business.
  expect(await git("status", "--porcelain", "--untracked-files=no")).toBe("")

  await git("pull", "--quiet", "--tags", remote(), "main")
  await writeFile(
    join(folder, "src/small/__init__.py"),
    '"""Numbers."""\n\n\ndef double(n: int) -> int:\n    """Twice."""\n    return n * 2\n',
  )
  await commit("feat!: double says it shorter")
  const second = await run("release", "--rehearse", "--fail-after", "push")
  expect(second.all).toContain("ended after push, as a kill would")
  const resumed = await run("release", "--rehearse")
  expect(resumed.all).toContain("released 2.0.0")
  expect(resumed.all).not.toMatch(/different/)
  expect(await download("2.0.0")).toEqual(["small-2.0.0-py3-none-any.whl"])

  await execa("git", ["-C", remote(), "fsck", "--strict", "--no-dangling"])
  const refs = (await git("ls-remote", remote())).split("\n").map((line) => line.split("\t")[1])
  expect(refs).toEqual([
    "HEAD",
    "refs/heads/main",
    "refs/notes/quillon",
    "refs/tags/v1.2.3",
    "refs/tags/v1.2.3^{}",
    "refs/tags/v2.0.0",
    "refs/tags/v2.0.0^{}",
  ])
  expect(await execa("git", ["-C", remote(), "log", "--format=%s", "main"])).toMatchObject({
    stdout: "chore(release): 2.0.0\nfeat!: double says it shorter\nchore(release): 1.2.3\nfeat: double",
  })
})

test("nothing that the rehearsal left outside its own folder shows a credential", async () => {
  const { credentials } = JSON.parse(await readFile(join(cache, "quillon/rehearsal/access.json"), "utf8"))
  const secrets = Object.values(credentials as Record<string, string>)
  expect(secrets).toHaveLength(6)
  const shown: string[] = []
  for (const root of [join(folder, ".quillon"), join(cache, "quillon/rehearsal/logs"), remote()]) {
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const bytes = await readFile(path)
      if (secrets.some((secret) => bytes.includes(secret))) shown.push(path)
    }
  }
  expect(shown).toEqual([])
})
