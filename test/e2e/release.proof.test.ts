import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openRehearsedProject, type RehearsedProject } from "./rehearsed-project.js"

let project: RehearsedProject

beforeAll(async () => {
  project = await openRehearsedProject('release.targets.forge = "github"\nrelease.channels = { main = "final" }')
  await project.git("remote", "set-url", "origin", "https://github.com/ada/small.git")
})
afterAll(() => project.close())

const run = (...args: readonly string[]) => project.run(args)
const git = (...args: readonly string[]) => project.git(...args)
const remote = () => project.remote

/** What installers get from the rehearsal's index, by the hashes of the release page's list. */
async function download(version: string): Promise<readonly string[]> {
  const { ports } = await project.access()
  const page = await (await fetch(`http://127.0.0.1:${ports.pypi}/simple/small/`)).text()
  const hashes = [...page.matchAll(/#sha256=(\w{64})"[^>]*>([^<]+)</g)].filter(([, , name]) => name?.includes(version))
  expect(hashes).toHaveLength(2)
  const target = await mkdtemp(join(project.cache, "download-"))
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
    join(project.folder, "src/small/__init__.py"),
    '"""Numbers."""\n\n\ndef double(n: int) -> int:\n    """Twice."""\n    return n * 2\n',
  )
  await project.commit("feat!: double says it shorter")
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
  const secrets = Object.values((await project.access()).credentials)
  expect(secrets).toHaveLength(6)
  const shown: string[] = []
  for (const root of [join(project.folder, ".quillon"), join(project.cache, "quillon/rehearsal/logs"), remote()]) {
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const bytes = await readFile(path)
      if (secrets.some((secret) => bytes.includes(secret))) shown.push(path)
    }
  }
  expect(shown).toEqual([])
})
