import { describe, expect, it } from "vitest"
import { createRig, planOf } from "./rig.js"
import { repeatedWrites, stateOf } from "./state.js"

describe("a release that nothing disturbs", () => {
  it("takes the plan to every target, in the plan's order", async () => {
    const plan = await planOf()
    const rig = createRig(plan.head)
    const { release, events } = rig.machine("laptop")

    expect(await release(plan)).toMatchObject({ kind: "released", version: "1.3.0" })

    const { git, index, testIndex, registry, forge, production } = rig.servers
    const image = registry.tags.get("1.3.0")
    expect([...git.tags.keys()]).toEqual(["v1.3.0"])
    expect(git.refs.get("refs/heads/main")).toBe(git.tags.get("v1.3.0")?.commit)
    expect(git.journals.size).toBe(0)
    expect([...index.files.keys()]).toEqual(["engine-1.3.0-py3-none-any.whl", "engine-1.3.0.tar.gz"])
    expect([...testIndex.files.keys()]).toEqual([...index.files.keys()])
    expect([...registry.tags.keys()]).toEqual(["1.3.0", "1.3", "1", "latest"])
    expect(forge.pages).toMatchObject([{ tag: "v1.3.0", draft: false, latest: true, notes: plan.notes }])
    expect(production.running).toBe(image)
    const finished = events.flatMap((event) => (event.kind === "step-finished" ? [event.step.id] : []))
    expect(finished).toEqual(plan.steps.map(({ id }) => id).filter((id) => id !== "preflight" && id !== "journal"))
    expect(repeatedWrites(rig)).toEqual([])
    expect(stateOf(rig)).toMatchObject({ running: "the image", sameRelease: true })
  })
})
