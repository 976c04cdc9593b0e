import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, expect, test } from "vitest"
import { quillon } from "../../e2e/quillon.js"
import { smallProject, withSettings } from "../../e2e/small-project.js"
import { engineEnvironment } from "../../engine-session.js"

let cache: string
let folder: string
let env: Readonly<Record<string, string>>

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "quillon-stuck-"))
  env = { ...engineEnvironment(), XDG_CACHE_HOME: cache }
  folder = await smallProject(withSettings('release.targets.forge = false\nrelease.channels = { main = "final" }'))
  await git("init", "--quiet", "--initial-branch=main")
  await git("add", "--all")
  await git("commit", "--quiet", "--message", "feat: double")
  // Somebody tagged it by hand, and then nothing was uploaded.
  await git("tag", "v1.2.3")
  await git("remote", "add", "origin", "https://git.example/ada/small.git")
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

/** A key as a job has it, and a file by which git believes it. */
async function signingKey(): Promise<{ readonly key: string; readonly signers: string }> {
  const [file, signers] = [join(cache, "key"), join(cache, "signers")]
  await execa("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file])
  await writeFile(signers, `* ${await readFile(`${file}.pub`, "utf8")}`)
  return { key: await readFile(file, "utf8"), signers }
}

const remote = () => join(cache, "quillon/rehearsal/git/project.git")

test("a tag that was made by hand is finished, without a commit or another tag", async () => {
  const before = await git("rev-parse", "HEAD", "v1.2.3")
  const finished = await run("release", "--rehearse", "--tag", "v1.2.3")
  expect(finished.all).toContain("released 1.2.3: every target was seen to have it")
  expect(finished.all).not.toContain("unplanned")
  expect(finished.all).toMatch(/as planned +pypi +small-1\.2\.3-py3-none-any\.whl, small-1\.2\.3\.tar\.gz/)
  expect(await git("--git-dir", remote(), "rev-parse", "main", "v1.2.3")).toBe(before)
  expect((await run("release", "--rehearse", "--tag", "v1.2.3")).all).toContain("released before 1.2.3")
})

test("a release that was given up stays told of, and the next one, signed, brings what it would have brought", async () => {
  await git("commit", "--quiet", "--allow-empty", "--message", "fix: streaming")
  expect((await run("release", "--rehearse", "--fail-after", "push")).all).toContain("ended after push")
  const given = await run("release", "--rehearse", "--abandon", "--because", "1.2.4 is burnt", "--yes")
  expect(given.all).toContain("abandoned 1.2.4: 1.2.4 is burnt; what was published stays")
  expect(given.exitCode).toBe(0)
  expect((await run("status", "--rehearse", "1.2.4")).all).toMatch(/1\.2\.4 was abandoned at .*: 1\.2\.4 is burnt/)

  await git("pull", "--quiet", "--tags", remote(), "main")
  const { key, signers } = await signingKey()
  const next = await quillon(["release", "--rehearse"], { cwd: folder, env: { ...env, RELEASE_SIGNING_KEY: key } })
  expect(next.all).toContain("v1.2.4 was abandoned: its version is used up, and what it brought is told now")
  expect(next.all).toContain("released 1.2.5")
  expect(next.all).not.toContain("unplanned")
  const checked = ["-c", "gpg.format=ssh", "-c", `gpg.ssh.allowedSignersFile=${signers}`]
  await git(...checked, "--git-dir", remote(), "verify-tag", "v1.2.5")
  await git(...checked, "--git-dir", remote(), "verify-commit", "main")
  await expect(git(...checked, "--git-dir", remote(), "verify-tag", "v1.2.4")).rejects.toThrow()
  expect(await git("--git-dir", remote(), "for-each-ref", "--format=%(refname)", "refs/quillon")).toBe(
    "refs/quillon/abandoned/1.2.4",
  )
})
