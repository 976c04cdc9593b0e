import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { engineEnvironment } from "../engine-session.js"
import { fetchProject, RELEASES } from "../projects.js"
import { askSemanticRelease, installSemanticRelease } from "../release/oracles/semantic-release.js"
import { askPythonSemanticRelease, installOracles } from "../release/oracles/theirs.js"
import { quillon } from "./quillon.js"

/** The parts of a story that differ: what is red in a project today, and what the world knows, are no part of it. */
const SETTINGS = `
[python]
versions = ["3.11"]
[audit]
enabled = false
[outdated]
enabled = false
[release]
channels = { main = "final", next = "rc" }
`

let cache: string
const made: string[] = []

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "quillon-story-"))
  await Promise.all([installOracles(), installSemanticRelease()])
})
afterAll(async () => {
  for (const folder of [cache, ...made]) await rm(folder, { recursive: true, force: true })
})

/** A real project as a repository whose remote is a rehearsal of its own. */
async function begin(
  release: (typeof RELEASES)["itsdangerous" | "pluggy"],
  { settings, changelog }: { readonly settings: string; readonly changelog: string },
) {
  const folder = await fetchProject(release)
  made.push(dirname(folder))
  const home = join(cache, release.name)
  const env = { ...engineEnvironment(), XDG_CACHE_HOME: home }
  const run = (...args: readonly string[]) => quillon(args, { cwd: folder, env })
  const remote = join(home, "quillon/rehearsal/git/project.git")
  const git = async (...args: readonly string[]) => {
    const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    return (await execa("git", [...person, ...args], { cwd: folder })).stdout
  }
  const commit = async (message: string) => {
    await git("add", "--all")
    await git("commit", "--quiet", "--message", message)
  }
  // The changelog is Quillon's from now on.
  for (const name of ["PKG-INFO", changelog]) await rm(join(folder, name))
  await writeFile(join(folder, "quillon.toml"), `${SETTINGS}${settings}`)
  await appendFile(join(folder, ".gitignore"), ".quillon\n")
  await git("init", "--quiet", "--initial-branch=main")
  await git("remote", "add", "origin", `https://github.com/ada/${release.name}.git`)
  await commit("feat: begin")
  const up = await run("rehearsal", "up")
  expect(up.exitCode, up.all).toBe(0)
  return {
    folder,
    git,
    commit,
    remote,
    /** Releases the branch and fetches what was pushed, as a person would. */
    async release(branch: string): Promise<string> {
      const { exitCode, all } = await run("release", "--rehearse")
      expect(exitCode, all).toBe(0)
      await git("pull", "--quiet", "--tags", remote, branch)
      return /^released (\S+):/m.exec(all)?.[1] ?? all
    },
    /** What pip downloads, of the index alone. */
    async download(...wish: readonly string[]): Promise<readonly string[]> {
      const { ports } = JSON.parse(await readFile(join(home, "quillon/rehearsal/access.json"), "utf8"))
      const target = await mkdtemp(join(cache, "download-"))
      const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.11"]
      const index = ["--index-url", `http://127.0.0.1:${ports.pypi}/simple/`, "--dest", target]
      await execa("python3", [...pip, ...index, ...wish])
      return readdir(target)
    },
    /** What other tools would release of the remote's main branch, each the version or null for nothing. */
    async others(last: string) {
      const clone = await mkdtemp(join(cache, "clone-"))
      await execa("git", ["clone", "--quiet", remote, clone])
      const python = await askPythonSemanticRelease(clone)
      return {
        "python-semantic-release": python === last ? null : python,
        "semantic-release": await askSemanticRelease(clone, remote),
      }
    },
    async end() {
      await run("rehearsal", "down", "--purge")
    },
  }
}

const NOTHING = { "python-semantic-release": null, "semantic-release": null }
const both = (version: string) => ({ "python-semantic-release": version, "semantic-release": version })

describe("itsdangerous, whose version is in pyproject.toml", () => {
  let story: Awaited<ReturnType<typeof begin>>
  beforeAll(async () => {
    // bandit rightly finds SHA1 in it.
    const settings = 'allowedFailures = ["security"]\ntargets.forge = false\n'
    story = await begin(RELEASES.itsdangerous, { settings, changelog: "CHANGES.rst" })
  })
  afterAll(() => story?.end())

  test("is released from zero, and the other tools find nothing more to release", async () => {
    expect(await story.release("main")).toBe("2.2.0")
    expect(await story.others("2.2.0")).toEqual(NOTHING)
    expect(await story.download("itsdangerous")).toEqual(["itsdangerous-2.2.0-py3-none-any.whl"])
  })

  test("has a pre-release on its branch, which nobody gets who does not ask for it", async () => {
    await story.git("switch", "--quiet", "--create", "next")
    await appendFile(join(story.folder, "src/itsdangerous/exc.py"), "\n# told better\n")
    await story.commit("feat: tell better what went wrong")
    expect(await story.release("next")).toBe("2.3.0-rc.1")
    expect(await story.download("itsdangerous")).toEqual(["itsdangerous-2.2.0-py3-none-any.whl"])
    expect(await story.download("--pre", "itsdangerous")).toEqual(["itsdangerous-2.3.0rc1-py3-none-any.whl"])
  })

  test("comes to a breaking release, on whose version all tools agree, before and after", async () => {
    await story.git("switch", "--quiet", "main")
    await story.git("merge", "--quiet", "--no-ff", "--message", "Merge branch 'next'", "next")
    await appendFile(join(story.folder, "src/itsdangerous/exc.py"), "\n# and shorter\n")
    await story.commit("feat!: errors have no payload")
    await story.git("push", "--quiet", story.remote, "main")
    expect(await story.others("2.2.0")).toEqual(both("3.0.0"))
    expect(await story.release("main")).toBe("3.0.0")
    expect(await story.others("3.0.0")).toEqual(NOTHING)
    expect(await story.download("itsdangerous")).toEqual(["itsdangerous-3.0.0-py3-none-any.whl"])
  })

  test("git finds a sound repository, whose files say the version of their tag", async () => {
    await execa("git", ["-C", story.remote, "fsck", "--strict", "--no-dangling"])
    for (const version of ["2.2.0", "2.3.0-rc.1", "3.0.0"]) {
      const said = version.replace("-rc.", "rc")
      expect(await story.git("show", `v${version}:pyproject.toml`)).toContain(`\nversion = "${said}"\n`)
    }
    const changelog = await story.git("show", "v3.0.0:CHANGELOG.md")
    expect([...changelog.matchAll(/^## \[?v?(\d\S*?)\]?[ (]/gm)].map(([, version]) => version)).toEqual([
      "3.0.0",
      "2.2.0",
    ])
  })
})

describe("pluggy, whose version is its tag", () => {
  let story: Awaited<ReturnType<typeof begin>>
  beforeAll(async () => {
    const settings = 'initial = "1.7.0"\ntargets.forge = false\n'
    story = await begin(RELEASES.pluggy, { settings, changelog: "CHANGELOG.rst" })
  })
  afterAll(() => story?.end())

  test("is released twice, and the other tools agree", async () => {
    expect(await story.release("main")).toBe("1.7.0")
    await appendFile(join(story.folder, "README.rst"), "\nHooks are called in order.\n")
    await story.commit("fix: call hooks in order")
    await story.git("push", "--quiet", story.remote, "main")
    expect(await story.others("1.7.0")).toEqual(both("1.7.1"))
    expect(await story.release("main")).toBe("1.7.1")
    expect(await story.others("1.7.1")).toEqual(NOTHING)
    expect(await story.download("pluggy")).toEqual(["pluggy-1.7.1-py3-none-any.whl"])
  })
})
