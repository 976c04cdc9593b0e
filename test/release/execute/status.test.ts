import { describe, expect, it } from "vitest"
import { releaseStatus } from "../../../src/release/execute/status.js"
import { Killed } from "../../targets/fake/network.js"
import { createRig, planOf } from "./rig.js"

const plan = await planOf()
const { semver: version, tag } = plan.version
const VERSION = { version, tag }

/** A rig on which a release was killed right after this write, or ended by itself. */
async function rigAfter(write?: string) {
  const rig = createRig(plan.head)
  rig.network.wish(({ verb, what }) =>
    verb === "write" && write !== undefined && what.startsWith(write) ? { kind: "crash", moment: "after" } : undefined,
  )
  await rig
    .machine("laptop")
    .release(plan)
    .catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error
    })
  rig.network.wish(() => undefined)
  return { ...rig, ask: () => releaseStatus(VERSION, rig.machine("other").world.targets) }
}

describe("the status of a version", () => {
  it("is complete where every target has what the receipt names", async () => {
    const { ask } = await rigAfter()

    const status = await ask()

    expect(status).toMatchObject({ kind: "known", from: "receipt", holder: null, verdict: "complete" })
    const rows = status.kind === "known" ? status.rows.map(({ act, sight }) => `${act.where} ${sight.kind}`) : []
    expect(new Set(rows)).toEqual(
      new Set([
        "github identical",
        "ghcr.io/ada/engine identical",
        "testpypi identical",
        "git remote identical",
        "pypi identical",
      ]),
    )
  })

  it("is unfinished where the upload is still to come, and says who holds it", async () => {
    const { ask } = await rigAfter("push")
    const status = await ask()

    expect(status).toMatchObject({ kind: "known", from: "journal", holder: { host: "laptop" }, verdict: "unfinished" })
    expect(status.kind === "known" && status.rows.find(({ act }) => act.id === "push")?.sight.kind).toBe("identical")
    expect(status.kind === "known" && status.rows.find(({ act }) => act.where === "pypi")?.sight.kind).toBe("absent")
  })

  it("is different where other bytes stand on the index, although a receipt says done", async () => {
    const { ask, servers } = await rigAfter()
    servers.index.files.set("engine-1.3.0.tar.gz", { sha256: "00".repeat(32), since: 0 })

    expect(await ask()).toMatchObject({ verdict: "different" })
  })

  it("stays complete when a later version took the floating tags and the environment", async () => {
    const { ask, servers } = await rigAfter()
    servers.registry.tags.set("latest", "sha256:two")
    servers.production.running = "sha256:two"

    expect(await ask()).toMatchObject({ verdict: "complete" })
  })

  it("is unseen, and not complete, where a target may not be looked at", async () => {
    const { ask, network } = await rigAfter()
    network.wish(({ where }) => (where === "pypi" ? { kind: "denied" } : undefined))

    expect(await ask()).toMatchObject({ verdict: "unseen" })
  })

  it("has nothing to look for before the gates have passed", async () => {
    const { ask } = await rigAfter("journal")

    expect(await ask()).toMatchObject({ kind: "unbuilt", holder: { host: "laptop" } })
  })

  it("tells a tag that Quillon did not release from a version that nobody released", async () => {
    const { ask, servers } = await rigAfter()
    servers.git.notes.clear()
    expect(await ask()).toMatchObject({ kind: "baseline", commit: servers.git.tags.get(tag)?.commit })
    servers.git.tags.clear()
    expect(await ask()).toEqual({ kind: "unknown" })
  })

  it("is not guessed where the remote does not answer", async () => {
    const { ask, network } = await rigAfter()
    network.wish(() => ({ kind: "unavailable" }))

    expect(await ask()).toMatchObject({ kind: "unseen", unseen: { kind: "unreachable" } })
  })
})
