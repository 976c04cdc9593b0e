import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import packageJson from "../../package.json" with { type: "json" }
import { engineEnvironment, openEngine } from "../engine-session.js"
import { installAct } from "./doors/ci-tools.js"
import { type PackageRegistry, serveQuillon } from "./doors/package-registry.js"
import { openReleaseSite, type ReleaseSite } from "./doors/release-site.js"
import { type JobEnd, makeRunner, type Runner, runWorkflow } from "./doors/runner.js"

const EXAMPLE = join(import.meta.dirname, "../../examples/service")
const REPOSITORY = "rehearsal/project"

let engine: Awaited<ReturnType<typeof openEngine>>
let scratch: string
let site: ReleaseSite
let registry: PackageRegistry
let runner: Runner
let project: string
let act: string

beforeAll(async () => {
  scratch = await realpath(await mkdtemp(join(tmpdir(), "quillon-release-job-")))
  engine = await openEngine()
  ;[site, registry, act] = await Promise.all([
    openReleaseSite(join(scratch, "site")),
    serveQuillon(scratch),
    installAct(),
  ])
  const dagger = engineEnvironment()._EXPERIMENTAL_DAGGER_CLI_BIN ?? ""
  const parts = { home: join(scratch, "home"), registry: registry.url, dagger, programs: "" }
  runner = await makeRunner(join(scratch, "runner"), parts)
  project = await exampleWithWrappers()
})
afterAll(async () => {
  await site?.close()
  await registry?.close()
  await engine?.close()
  await rm(scratch, { recursive: true, force: true })
})

async function git(...args: readonly string[]): Promise<string> {
  const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
  return (await execa("git", [...person, ...args], { cwd: project })).stdout
}

/** A copy of the example that is released to the targets of the test, with the files that the packed program writes. */
async function exampleWithWrappers(): Promise<string> {
  project = join(scratch, "author/parcels")
  await cp(EXAMPLE, project, { recursive: true, filter: (path) => !/\/(?:\.quillon|__pycache__)(?:\/|$)/.test(path) })
  const settings = [
    '[ci]\nsystems = ["github"]\nrelease = "push"',
    `[release.targets]\nindex = "${site.addressOf("pypi")}/legacy/"\nforge = "github"`,
    `[release.links]\nforge = "github"\nurl = "${site.addressOf("git")}/${REPOSITORY}"`,
    // What the world knows today is no part of this test.
    "[audit]\nenabled = false\n\n[outdated]\nenabled = false",
  ]
  await writeFile(join(project, "quillon.toml"), `${settings.join("\n\n")}\n`)
  await execa("npx", ["--yes", "--omit=peer", `quillon@${packageJson.version}`, "wrappers"], {
    cwd: project,
    env: runner.env,
    extendEnv: false,
  })
  await git("init", "--quiet", "--initial-branch=main")
  await git("add", "--all")
  await git("commit", "--quiet", "--message", "feat: say what a parcel costs")
  // act reads the repository's name from it, and nothing else.
  await git("remote", "add", "origin", `https://github.com/${REPOSITORY}`)
  await git("push", "--quiet", site.rehearsal.git.repository, "main")
  return project
}

/** Runs the release workflow on the commit, as a push of it would. */
function release(attempt: number, powerCut?: Promise<unknown>): Promise<JobEnd> {
  const { credentials } = site.rehearsal.access
  const { _EXPERIMENTAL_DAGGER_RUNNER_HOST: host = "" } = engineEnvironment()
  return runWorkflow(runner, {
    act,
    repository: project,
    file: join(project, ".github/workflows/release.yml"),
    origin: `${site.addressOf("git")}${site.rehearsal.git.path}`,
    env: {
      _EXPERIMENTAL_DAGGER_RUNNER_HOST: host,
      GITHUB_API_URL: site.addressOf("github"),
      GITHUB_RUN_ATTEMPT: `${attempt}`,
    },
    secrets: { GITHUB_TOKEN: credentials.github, GIT_TOKEN: credentials.git, INDEX_TOKEN: credentials.pypi },
    ...(powerCut === undefined ? {} : { powerCut }),
  })
}

describe("one push releases the example", () => {
  test("and a runner that dies in the middle of an upload is finished by running the job again", async () => {
    const upload = site.rehearsal.faults.pypi.add({
      kind: "hold",
      moment: "after",
      methods: ["POST"],
      target: /legacy/,
    })
    const died = await release(1, upload.reached)
    expect(died.output).not.toContain("released 1.4.0")
    expect(upload.struck(), died.output).toBe(1)
    upload.release()
    const again = await release(2)
    expect(again.exitCode, again.output).toBe(0)
    expect(again.output).toContain("released 1.4.0: every target was seen to have it")
  })

  test("pip downloads it by the hashes of the release page", async () => {
    const page = await (await fetch(`${site.addressOf("pypi")}/simple/parcels/`)).text()
    const files = [...page.matchAll(/#sha256=(\w{64})"[^>]*>([^<]+)</g)].map(([, hash, name]) => [name, hash])
    expect(files.map(([name]) => name).sort()).toEqual(["parcels-1.4.0-py3-none-any.whl", "parcels-1.4.0.tar.gz"])
    const wanted = join(scratch, "wanted.txt")
    await writeFile(wanted, `parcels==1.4.0 ${files.map(([, hash]) => `--hash=sha256:${hash}`).join(" ")}\n`)
    const host = new URL(site.addressOf("pypi")).hostname
    const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--trusted-host", host]
    const where = ["--index-url", `${site.addressOf("pypi")}/simple/`, "--dest", join(scratch, "got"), "-r", wanted]
    await execa("python3", [...pip, "--only-binary=:all:", ...where])
    expect(await readdir(join(scratch, "got"))).toEqual(["parcels-1.4.0-py3-none-any.whl"])
  })

  test("git finds a sound repository with one release commit, its tag, and a receipt in place of the journal", async () => {
    const remote = site.rehearsal.git
    await remote.git(["fsck", "--strict", "--no-dangling"])
    expect(await remote.git(["log", "--format=%s", "main"])).toBe(
      "chore(release): 1.4.0\nfeat: say what a parcel costs",
    )
    expect(await remote.git(["rev-parse", "v1.4.0^{commit}"])).toBe(await remote.git(["rev-parse", "main"]))
    expect((await remote.git(["for-each-ref", "--format=%(refname)"])).split("\n")).toEqual([
      "refs/heads/main",
      "refs/notes/quillon",
      "refs/tags/v1.4.0",
    ])
  })

  test("the page has the bytes that the index has, and nobody uploaded twice", async () => {
    const pages = site.rehearsal.github.state().releases
    expect(pages.map(({ tag, draft }) => ({ tag, draft }))).toEqual([{ tag: "v1.4.0", draft: false }])
    const taken = site.rehearsal.logs.pypi
      .read()
      .filter(({ method, status = 500 }) => method === "POST" && status < 300)
    expect(taken).toHaveLength(2)
    expect(new Set(taken.map(({ sha256 }) => sha256)).size).toBe(2)
    expect(site.rehearsal.github.violations()).toEqual([])
  })

  test("the job kept its report, and says no secret", async () => {
    const artifacts = join(runner.scratch, "artifacts/release")
    expect(await readdir(artifacts)).toEqual(expect.arrayContaining(["report.json", "logs"]))
    const report = await readFile(join(artifacts, "report.json"), "utf8")
    for (const secret of Object.values(site.rehearsal.access.credentials)) expect(report).not.toContain(secret)
  })
})

test("the next push that brings nothing to release is green and writes nothing", async () => {
  await git("pull", "--quiet", "--tags", site.rehearsal.git.repository, "main")
  await git("commit", "--quiet", "--allow-empty", "--message", "docs: say it better")
  await git("push", "--quiet", site.rehearsal.git.repository, "main")
  const before = await site.rehearsal.git.git(["for-each-ref"])
  const { exitCode, output } = await release(1)
  expect(exitCode, output).toBe(0)
  expect(output).toMatch(/nothing to release/i)
  expect(await site.rehearsal.git.git(["for-each-ref"])).toBe(before)
})
