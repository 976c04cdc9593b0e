import { expect, it } from "vitest"
import { executeRelease } from "../../../src/release/execute/execute-release.js"
import { unfinishedReleases } from "../../../src/release/execute/unfinished.js"
import { Killed } from "../../targets/fake/network.js"
import { createRig, planOf } from "./rig.js"

const plan = await planOf()

/** A release that was killed right before its receipt, and how another machine met it. */
async function unfinished() {
  const rig = createRig(plan.head)
  rig.network.wish(({ what }) => (what.startsWith("note on") ? { kind: "crash", moment: "before" } : undefined))
  await expect(rig.machine("first").release(plan)).rejects.toThrow(Killed)
  rig.network.wish(() => undefined)
  const { world } = rig.machine("second")
  const met = await unfinishedReleases(world.targets)
  const [begun] = met.kind === "found" ? met.releases : []
  if (begun?.kind !== "unfinished") throw new Error("nothing is unfinished")
  const { version, tag, found } = begun
  return { rig, resume: () => executeRelease({ kind: "resume", version, tag, take: "free", found }, world) }
}

it("a release that every target has is looked at everywhere, git once, and nothing but its receipt is written", async () => {
  const { rig, resume } = await unfinished()
  const before = rig.network.log.length

  expect(await resume()).toMatchObject({ kind: "released" })

  const log = rig.network.log.slice(before)
  const looks = log.filter(({ verb }) => verb === "look")
  expect(new Set(looks.map(({ where }) => where))).toEqual(
    new Set(["git remote", "testpypi", "pypi", "ghcr.io/ada/engine", "github", "production"]),
  )
  // Each question to git is a container.
  expect(looks.filter(({ where }) => where === "git remote").map(({ what }) => what)).toEqual([
    "tag v1.3.0",
    "note on v1.3.0",
    "note on v1.3.0",
  ])
  expect(log.filter(({ verb }) => verb === "write").map(({ what }) => what.replace(/ [0-9a-f]{40}$/, ""))).toEqual([
    "journal",
    "journal",
    "note on v1.3.0",
    "no journal",
  ])
})

it("a journal that somebody else wrote since it was read is not taken", async () => {
  const { rig, resume } = await unfinished()
  expect(await rig.machine("third").release(plan)).toMatchObject({ kind: "released" })

  expect(await resume()).toMatchObject({ kind: "stopped", stop: { kind: "unheld" } })
})
