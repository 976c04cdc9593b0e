import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { dag } from "@dagger.io/dagger"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { rehearsalReach } from "../../cli/release/rehearsal-reach.js"
import { addressOf, newAccess } from "../../rehearsal/access.js"
import { openRehearsal, type Rehearsal } from "../../rehearsal/open-rehearsal.js"
import { composeGit, composeTargets } from "../../src/door/release/compose.js"
import type { Reach } from "../../src/door/release/reach.js"
import type { ReleaseTargets } from "../../src/release/execute/world.js"
import { createAsk } from "../../src/targets/http/exchange.js"
import { mintToken } from "../../src/targets/index/trusted-publishing.js"
import type { IndexFile } from "../../src/targets/ports/package-index.js"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { openEngine } from "../engine-session.js"
import { smallImages } from "../targets/registry/small-image.js"
import { makeWheel } from "./make-wheel.js"
import { watchArguments } from "./process-arguments.js"

const settings = { python: {} }
const { digests, source } = smallImages("one")
const [IMAGE = ""] = digests
const PROJECT = "rehearsed"

let engine: Awaited<ReturnType<typeof openEngine>>
let folder: string
let rehearsal: Rehearsal
let bytes: Buffer
let wheel: IndexFile

beforeAll(async () => {
  engine = await openEngine()
  folder = mkdtempSync(join(tmpdir(), "quillon-rehearsal-"))
  const searchPath = process.env.PATH ?? ""
  rehearsal = await openRehearsal({ folder, access: newAccess(), dag, settings, searchPath, now: Date.now })
  const { name, file } = makeWheel(dag, PROJECT, "1.3.0")
  const path = join(folder, name)
  await file.export(path)
  bytes = readFileSync(path)
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  wheel = { project: PROJECT, version: "1.3.0", name, kind: "wheel", sha256 }
})
afterAll(async () => {
  await rehearsal?.close()
  await engine?.close()
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

let count = 0

/** Steps of a release that goes everywhere; a client is made for each. */
const STEPS = [
  ["index", "pypi"],
  ["test-index", "testpypi"],
  ["image", "registry.example/rehearsal/project"],
  ["stage", "github"],
].map(([id = "", target = ""]) => ({ id, target, title: "", effect: "reversible" as const, writes: [] }))

function connect(change: (reach: Reach) => Reach = (reach) => reach): ReleaseTargets {
  const { file } = makeWheel(dag, PROJECT, "1.3.0")
  const parts = {
    dag,
    reach: change(rehearsalReach({ dag, access: rehearsal.access, ask: createAsk(fetch), identity: {}, env: {} })),
    toolchain: createToolchain({ dag, settings }),
    person: { name: "A rehearsal", email: "rehearsal@example.org" },
    shipped: { bytes: async () => bytes, file: () => file, image: source },
    fetch,
    nonce() {
      count += 1
      return `${process.pid}-${Date.now()}-${count}`
    },
  }
  return composeTargets({ steps: STEPS }, composeGit(parts), parts)
}

/** Lets indexes be entered as a job of the CI service, not with the owner's token. */
function asJob(reach: Reach): Reach {
  const { access } = rehearsal
  const job = { url: `${addressOf(access, "ci").fromHere}/token`, token: async () => access.credentials.ci }
  const token = () => mintToken(createAsk(fetch), addressOf(access, "pypi").fromHere, job)
  return { ...reach, index: (name, which) => ({ ...reach.index(name, which), token }) }
}

describe("targets of a rehearsal, written to by the clients of the real services", () => {
  test("take a release from the push to the page, and real tools find it there", async () => {
    const { git, journals, index, testIndex, image, forge } = connect()
    const base = await firstCommit()
    const edits = [{ path: "VERSION", diff: "--- a/VERSION\n+++ b/VERSION\n@@ -1 +1 @@\n-1.2.0\n+1.3.0\n" }]
    const watch = watchArguments()
    const prepared = await git.prepare({
      base,
      edits,
      message: "chore(release): 1.3.0",
      tag: "v1.3.0",
      time: 1_800_000_000,
    })
    if (prepared.kind !== "prepared") throw new Error(prepared.why)
    const { release } = prepared
    const journal = await journals.create({ version: "1.3.0", text: '{"nonce":1}\n', commit: release.commit })
    const page = { tag: "v1.3.0", nonce: "0f1e2d3c" }
    const notes = { ...page, commit: release.commit, title: "1.3.0", notes: "notes\n", prerelease: false }
    const asset = { name: wheel.name, sha256: wheel.sha256 }
    const version = { project: PROJECT, version: "1.3.0", files: [wheel], imports: [PROJECT] }
    const written = [
      await forge?.drafts.apply(notes),
      await forge?.assets.apply({ ...page, ...asset }),
      await image?.images.apply({ digest: IMAGE }),
      await testIndex?.files.apply(wheel),
      await git.push.apply({ release, branch: { name: "main", at: base } }),
      await index?.files.apply(wheel),
      await index?.install.apply(version),
      await forge?.publications.apply({ ...notes, latest: true, assets: [asset] }),
      await image?.tags.apply({ tag: "1.3.0", digest: IMAGE, kind: "version" }),
      await git.notes.apply({ tag: release.tag, text: "receipt\n" }),
    ]
    const commandLines = watch.stop()

    expect(journal).toMatchObject({ kind: "done", journal: { commit: release.commit } })
    expect(written.map((each) => (each?.kind === "done" ? "done" : each))).toEqual(written.map(() => "done"))
    expect(await index?.files.verify(wheel)).toMatchObject({ kind: "identical" })
    expect(await image?.images.verify({ digest: IMAGE })).toEqual({ kind: "identical" })
    expect(rehearsal.github.violations()).toEqual([])
    expect(await rehearsal.git.git(["show", "v1.3.0:VERSION"])).toBe("1.3.0")
    await rehearsal.git.git(["fsck", "--strict", "--no-dangling"])

    const secrets = Object.values(rehearsal.access.credentials)
    const logs = readdirSync(join(folder, "logs")).map((name) => readFileSync(join(folder, "logs", name), "utf8"))
    const said = [commandLines, JSON.stringify(written), ...logs].join("\n")
    // The watch saw the programs that had the secrets at hand.
    expect(commandLines).toContain("release_git.py")
    expect(commandLines).toContain("upload_file.py")
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([])
  })

  test("are asked by pip for the file by its hash, which it finds", async () => {
    const requirement = `${PROJECT}==1.3.0 --hash=sha256:${wheel.sha256}\n`
    const target = join(folder, "downloaded")
    const file = join(folder, "requirements.txt")
    writeFileSync(file, requirement)
    const simple = `${addressOf(rehearsal.access, "pypi").fromHere}/simple/`
    await execa("python3", [
      "-m",
      "pip",
      "download",
      "--no-deps",
      "--require-hashes",
      "--isolated",
      "--index-url",
      simple,
      "--dest",
      target,
      "-r",
      file,
    ])
    expect(readdirSync(target)).toEqual([wheel.name])
  })

  test("trust a job of the CI service, for the index that it asked for", async () => {
    expect(await connect(asJob).index?.files.apply(wheel)).toMatchObject({ kind: "done" })
  })

  test("are where they were, with what they had, when the rehearsal is opened again", async () => {
    await rehearsal.close()
    const searchPath = process.env.PATH ?? ""
    const { access } = rehearsal
    rehearsal = await openRehearsal({ folder, access, dag, settings, searchPath, now: Date.now })
    expect(rehearsal.access.ports).toEqual(access.ports)
    const { index, git, image, forge } = connect()
    expect(await index?.files.probe(wheel)).toMatchObject({ kind: "identical" })
    expect(await git.receipt("v1.3.0")).toMatchObject({ kind: "found", value: { text: "receipt\n" } })
    expect(await image?.held()).toEqual({ kind: "found", value: ["1.3.0"] })
    expect(await forge?.check({ tag: "v1.3.0" })).toMatchObject([{ kind: "wrong" }])
    expect(
      (await fetch(`${addressOf(access, "github").fromHere}/repos/${access.repository}/releases/latest`)).status,
    ).toBe(200)
  })
})

/** Gives the remote a first commit on `main`. */
async function firstCommit(): Promise<string> {
  const { git } = rehearsal.git
  const blob = await git(["hash-object", "-w", "--stdin"], "1.2.0\n")
  const tree = await git(["mktree"], `100644 blob ${blob}\tVERSION\n`)
  const person = ["-c", "user.name=Else", "-c", "user.email=else@example.org"]
  const commit = await git([...person, "commit-tree", "-m", "first", tree])
  await git(["update-ref", "refs/heads/main", commit])
  return commit
}
