import { describe, expect, it } from "vitest"
import { unfinishedReleases } from "../../../src/release/execute/unfinished.js"
import { Killed } from "../../targets/fake/network.js"
import { createRig, planOf } from "./rig.js"

const plan = await planOf()

/** A remote on which a release of 1.3.0 died after its push. */
async function remote() {
  const rig = createRig(plan.head)
  rig.network.wish(({ what }) => (what.startsWith("push") ? { kind: "crash", moment: "after" } : undefined))
  await expect(rig.machine("first").release(plan)).rejects.toThrow(Killed)
  rig.network.wish(() => undefined)
  const second = rig.machine("second")
  return { rig, second, ask: () => unfinishedReleases(second.world.targets) }
}

describe("unfinished releases", () => {
  it("are those that have a journal, with who holds them, until they are finished", async () => {
    const { second, ask } = await remote()

    expect(await ask()).toMatchObject({
      kind: "found",
      releases: [{ kind: "unfinished", version: "1.3.0", tag: "v1.3.0", holder: { host: "first" } }],
    })
    await second.release(plan)
    expect(await ask()).toEqual({ kind: "found", releases: [] })
  })

  it("are named also where a newer Quillon wrote the journal", async () => {
    const { rig, ask } = await remote()
    const stored = rig.servers.git.journals.get("1.3.0")
    if (stored === undefined) throw new Error("no journal")
    rig.servers.git.journals.set("1.3.0", { ...stored, text: '{"schema": 2}' })

    expect(await ask()).toMatchObject({ releases: [{ kind: "refused", code: "NEWER_JOURNAL", version: "1.3.0" }] })
  })

  it("are not guessed where the remote does not answer", async () => {
    const { rig, ask } = await remote()
    rig.network.wish(({ what }) => (what === "journals" ? { kind: "unavailable" } : undefined))

    expect(await ask()).toMatchObject({ kind: "unreachable" })
  })
})
