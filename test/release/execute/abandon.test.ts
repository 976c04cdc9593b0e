import { expect, test } from "vitest"
import { abandonRelease } from "../../../src/release/execute/abandon.js"
import { executeRelease } from "../../../src/release/execute/execute-release.js"
import { releaseStatus } from "../../../src/release/execute/status.js"
import { unfinishedReleases } from "../../../src/release/execute/unfinished.js"
import type { ReleaseWorld } from "../../../src/release/execute/world.js"
import { Killed } from "../../targets/fake/network.js"
import { createRig, planOf, type Rig } from "./rig.js"

const plan = await planOf()
const { semver: version, tag } = plan.version
const ORDER = { version, tag, take: "free", why: "1.3.0 is burnt on pypi" } as const
const RESUME = { kind: "resume", version, tag, take: "free" } as const

/** A release that can't go on: its wheel's name was used and deleted on the index, which showed only at the upload. */
async function burnt() {
  const rig = createRig(plan.head)
  rig.servers.index.used.add("engine-1.3.0-py3-none-any.whl")
  expect(await rig.machine("laptop").release(plan)).toMatchObject({ kind: "stopped", stop: { kind: "burnt" } })
  return rig
}

/** A release whose process died right after a write of the git remote. */
async function killedAfter(what: string, rig = createRig(plan.head)) {
  killAfter(rig, what)
  await expect(rig.machine("first").release(plan)).rejects.toThrow(Killed)
  return rig
}

function killAfter(rig: Rig, what: string): void {
  let spent = false
  rig.network.wish((request) => {
    if (spent || request.verb !== "write" || !request.what.startsWith(what)) return undefined
    spent = true
    return { kind: "crash", moment: "after" }
  })
}

test("a release that is stuck after the push is closed: its journal says why, and what is published stays", async () => {
  const rig = await burnt()
  const images = [...rig.servers.registry.images]
  const end = await abandonRelease(ORDER, rig.machine("laptop").world)
  expect(end).toMatchObject({ kind: "abandoned", version, why: ORDER.why, left: [] })
  const { git, forge, registry } = rig.servers
  expect([git.journals.size, git.tags.size, forge.pages.length]).toEqual([0, 1, 0])
  expect([...registry.images]).toEqual(images)
  expect(JSON.parse(git.abandoned.get(version)?.text ?? "")).toMatchObject({
    holder: null,
    abandoned: { why: ORDER.why },
    plan: { version: { semver: version } },
  })
})

test("status tells an abandoned release, and nothing is unfinished any more", async () => {
  const rig = await burnt()
  const { world } = rig.machine("laptop")
  await abandonRelease(ORDER, world)
  expect(await releaseStatus({ version, tag }, world.targets)).toMatchObject({ kind: "abandoned", why: ORDER.why })
  expect(await unfinishedReleases(world.targets)).toEqual({ kind: "found", releases: [] })
})

test("before the push there is nothing to keep, so that it is taken back", async () => {
  const rig = await killedAfter("asset engine-1.3.0.tar.gz")
  expect(await abandonRelease(ORDER, rig.machine("second").world)).toMatchObject({
    kind: "withdrawn",
    cause: "abandoned",
  })
  const { git, forge } = rig.servers
  expect([git.journals.size, git.abandoned.size, git.tags.size, forge.pages.length]).toEqual([0, 0, 0, 0])
})

test("a page that readers see stays", async () => {
  const rig = await killedAfter("publish")
  expect(await abandonRelease(ORDER, rig.machine("second").world)).toMatchObject({ kind: "abandoned", left: [] })
  expect(rig.servers.forge.pages).toMatchObject([{ draft: false }])
})

test("a draft that its forge does not let go is told", async () => {
  const rig = await burnt()
  rig.network.wish(({ where, verb }) => (where === "github" && verb === "write" ? { kind: "denied" } : undefined))
  expect(await abandonRelease(ORDER, rig.machine("laptop").world)).toMatchObject({
    kind: "abandoned",
    left: ["the draft of v1.3.0 stays on its forge"],
  })
})

test.each<["alive" | "unknown", "free" | "over", string]>([
  ["alive", "free", "held"],
  ["alive", "over", "held"],
  ["unknown", "free", "held"],
  ["unknown", "over", "abandoned"],
])("of a holder whose fate is %s, with the wish %s, it is %s", async (fate, take, kind) => {
  const rig = await killedAfter("push")
  const world: Partial<ReleaseWorld> = { fateOf: async () => fate }
  expect(await abandonRelease({ ...ORDER, take }, rig.machine("second", world).world)).toMatchObject({ kind })
})

test("nothing is abandoned that nobody began, or that was finished", async () => {
  const rig = createRig(plan.head)
  const { world, release } = rig.machine("laptop")
  expect(await abandonRelease(ORDER, world)).toMatchObject({ kind: "nothing" })
  await release(plan)
  expect(await abandonRelease(ORDER, world)).toMatchObject({ kind: "already-released" })
  expect(rig.servers.git.abandoned.size).toBe(0)
})

test("killed before it was closed it is never carried on, but closed by whoever comes next", async () => {
  const rig = await burnt()
  let journals = 0
  rig.network.wish(({ verb, what }) => {
    if (verb !== "write" || !what.startsWith("journal")) return undefined
    journals += 1
    // First it is taken over, then it is given up.
    return journals === 2 ? { kind: "crash", moment: "after" } : undefined
  })
  await expect(abandonRelease(ORDER, rig.machine("laptop").world)).rejects.toThrow(Killed)
  rig.servers.index.used.clear()
  expect(await executeRelease(RESUME, rig.machine("other").world)).toMatchObject({ kind: "abandoned", why: ORDER.why })
  expect([rig.servers.index.files.size, rig.servers.git.journals.size]).toEqual([0, 0])
})

test("an answer to the closing that was lost is looked for", async () => {
  const rig = await burnt()
  let spent = false
  rig.network.wish(({ what }) => {
    if (spent || !what.startsWith("close")) return undefined
    spent = true
    return { kind: "answer-lost" }
  })
  expect(await abandonRelease(ORDER, rig.machine("laptop").world)).toMatchObject({ kind: "abandoned" })
  expect(rig.servers.git.abandoned.size).toBe(1)
})
