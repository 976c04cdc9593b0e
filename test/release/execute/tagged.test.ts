import { expect, test } from "vitest"
import { executeRelease } from "../../../src/release/execute/execute-release.js"
import { planRelease } from "../../../src/release/plan-release.js"
import { Killed } from "../../targets/fake/network.js"
import { factsOf, NOW, policy } from "../fixture.js"
import { createRig, EVERYWHERE, fakeWorkshop, type Rig } from "./rig.js"
import { repeatedWrites } from "./state.js"

const history = ["chore: begin", { tag: "v1.2.0" }, "feat: streaming", { tag: "v1.3.0" }]
const facts = factsOf({ version: "1.3.0", history, question: { kind: "tag", tag: "v1.3.0" } })
const made = await planRelease(facts, policy(EVERYWHERE), NOW)
if (made.kind !== "release") throw new Error(JSON.stringify(made))
const plan = made
const START = { kind: "start", plan } as const
const RESUME = { kind: "resume", version: "1.3.0", tag: "v1.3.0", take: "free" } as const

/** A remote whose tag somebody pushed, and whose main went on since. */
function rigWithTag({ commit = plan.head } = {}) {
  const rig = createRig("f".repeat(40))
  rig.servers.git.tags.set("v1.3.0", { name: "v1.3.0", object: "e".repeat(40), content: "by hand", commit })
  return rig
}

/** The process dies at the first write to a place whose words begin so. */
function killAt(rig: Rig, where: string, what: string, moment: "before" | "after"): void {
  let spent = false
  rig.network.wish((request) => {
    if (spent || request.verb !== "write" || request.where !== where || !request.what.startsWith(what)) return undefined
    spent = true
    return { kind: "crash", moment }
  })
}

const pushes = ({ network }: Rig) => network.log.filter(({ verb, what }) => verb === "write" && what.startsWith("push"))

test("a tag that was pushed by other means gets what it lacks, and main stays where it is", async () => {
  const rig = rigWithTag()
  expect(await executeRelease(START, rig.machine("laptop").world)).toMatchObject({ kind: "released", version: "1.3.0" })
  const { index, git, registry } = rig.servers
  expect([...index.files.keys()]).toEqual(["engine-1.3.0-py3-none-any.whl", "engine-1.3.0.tar.gz"])
  expect(registry.tags.has("1.3.0")).toBe(true)
  expect(git.refs.get("refs/heads/main")).toBe("f".repeat(40))
  expect([git.notes.size, git.journals.size, pushes(rig).length]).toEqual([1, 0, 0])
})

test("a tag that was finished is told so, and nothing is written", async () => {
  const rig = rigWithTag()
  await executeRelease(START, rig.machine("laptop").world)
  const before = rig.network.log.filter(({ verb }) => verb === "write").length
  expect(await executeRelease(START, rig.machine("other").world)).toMatchObject({ kind: "already-released" })
  expect(rig.network.log.filter(({ verb }) => verb === "write")).toHaveLength(before)
})

test("other bytes on the index take back what was staged, before anything is uploaded", async () => {
  const rig = rigWithTag()
  rig.servers.index.files.set("engine-1.3.0.tar.gz", { sha256: "00".repeat(32), since: 0 })
  expect(await executeRelease(START, rig.machine("laptop").world)).toMatchObject({
    kind: "withdrawn",
    cause: "conflict",
  })
  expect([rig.servers.index.files.size, rig.servers.forge.pages.length, rig.servers.git.journals.size]).toEqual([
    1, 0, 0,
  ])
  expect(rig.servers.git.tags.size).toBe(1)
})

test("a gate that says no withdraws it, although the tag is out", async () => {
  const rig = rigWithTag()
  const workshop = fakeWorkshop("laptop", { kind: "failed", why: "test@3.13 failed", next: "quillon test" })
  expect(await executeRelease(START, rig.machine("laptop", { workshop }).world)).toMatchObject({
    kind: "withdrawn",
    cause: "gate",
  })
})

test.each([
  ["stages", "github", "asset engine-1.3.0.tar.gz", "after"],
  ["builds", "git remote", "journal", "after"],
  ["wrote its last note", "git remote", "note", "after"],
] as const)(
  "killed while it %s it is finished elsewhere, and nothing is written twice",
  async (_, where, what, moment) => {
    const rig = rigWithTag()
    killAt(rig, where, what, moment)
    await expect(executeRelease(START, rig.machine("first").world)).rejects.toThrow(Killed)
    expect(await executeRelease(RESUME, rig.machine("second").world)).toMatchObject({ kind: "released" })
    expect(repeatedWrites(rig)).toEqual([])
  },
)

test("once a file is on the index nothing is taken back, and nothing is built to other bytes", async () => {
  const rig = rigWithTag()
  killAt(rig, "pypi", "engine-1.3.0-py3", "after")
  await expect(executeRelease(START, rig.machine("first").world)).rejects.toThrow(Killed)
  rig.servers.index.files.set("engine-1.3.0.tar.gz", { sha256: "00".repeat(32), since: 0 })
  expect(await executeRelease(RESUME, rig.machine("second").world)).toMatchObject({ kind: "stopped", permanent: true })
  expect(rig.servers.git.journals.size).toBe(1)
})

test("a tag that goes away in the meantime is never made again", async () => {
  const rig = rigWithTag()
  killAt(rig, "github", "asset engine-1.3.0.tar.gz", "after")
  await expect(executeRelease(START, rig.machine("first").world)).rejects.toThrow(Killed)
  rig.servers.git.tags.clear()
  expect(await executeRelease(RESUME, rig.machine("second").world)).toMatchObject({
    kind: "withdrawn",
    why: "the tag v1.3.0 is not on the remote any more",
  })
  expect(rig.servers.git.tags.size).toBe(0)
})

test.each([
  ["a tag that is on another commit there", rigWithTag({ commit: "d".repeat(40) }), /^v1\.3\.0 is on dddd/],
  ["a tag that is not on the remote", createRig(plan.head), /v1\.3\.0 is not on the remote/],
])("%s refuses the release before the first write", async (_, rig, what) => {
  expect(await executeRelease(START, rig.machine("laptop").world)).toMatchObject({
    kind: "refused",
    troubles: [{ what: expect.stringMatching(what) }],
  })
  expect(rig.network.log.filter(({ verb }) => verb === "write")).toEqual([])
})
