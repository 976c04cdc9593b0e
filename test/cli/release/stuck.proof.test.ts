import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openRehearsedProject, type RehearsedProject } from "../../e2e/rehearsed-project.js"
import { makeSshKey } from "../../ssh-key.js"

let project: RehearsedProject

beforeAll(async () => {
  project = await openRehearsedProject('release.targets.forge = false\nrelease.channels = { main = "final" }')
  // Somebody tagged it by hand, and then nothing was uploaded.
  await project.git("tag", "v1.2.3")
})
afterAll(() => project.close())

const run = (...args: readonly string[]) => project.run(args)
const git = (...args: readonly string[]) => project.git(...args)
const remote = () => project.remote

/** A key as a job has it, and a file by which git believes it. */
async function signingKey(): Promise<{ readonly key: string; readonly signers: string }> {
  const [file, signers] = [join(project.cache, "key"), join(project.cache, "signers")]
  await makeSshKey(file)
  await writeFile(signers, `* ${await readFile(`${file}.pub`, "utf8")}`)
  return { key: await readFile(file, "utf8"), signers }
}

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
  const next = await project.run(["release", "--rehearse"], { RELEASE_SIGNING_KEY: key })
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
