import { describe, expect, it } from "vitest"
import { executeRelease } from "../../../src/release/execute/execute-release.js"
import type { ReleaseWorld } from "../../../src/release/execute/world.js"
import { decodeJournal } from "../../../src/release/journal/codec.js"
import { pushElse } from "../../targets/fake/git.js"
import { type Fault, Killed, type Request } from "../../targets/fake/network.js"
import { createRig, fakeWorkshop, planOf, type Rig } from "./rig.js"
import { repeatedWrites } from "./state.js"

const plan = await planOf()
const { semver: version, tag } = plan.version
const RESUME = { kind: "resume", version, tag, take: "free" } as const

const crash = (moment: "before" | "after"): Fault => ({ kind: "crash", moment })

/** Wishes a fault for the first request that fits. */
function once(rig: Rig, fits: (request: Request) => boolean, fault: Fault): void {
  let spent = false
  rig.network.wish((request) => {
    if (spent || !fits(request)) return undefined
    spent = true
    return fault
  })
}

const writes = (what: string, where?: string) => (request: Request) =>
  request.verb === "write" && request.what.startsWith(what) && (where === undefined || request.where === where)

/** A release that was killed at a write, so that a journal is left. */
async function killedAt(what: string, moment: "before" | "after" = "after", where?: string) {
  const rig = createRig(plan.head)
  once(rig, writes(what, where), crash(moment))
  await expect(rig.machine("first").release(plan)).rejects.toThrow(Killed)
  return rig
}

const untouched = ({ servers }: Rig) => ({
  tags: servers.git.tags.size,
  journals: servers.git.journals.size,
  pages: servers.forge.pages.length,
  index: servers.index.files.size,
  imageTags: servers.registry.tags.size,
})
const NOTHING = { tags: 0, journals: 0, pages: 0, index: 0, imageTags: 0 }

describe("preflight", () => {
  it("trouble that comes up after it is told too", async () => {
    const rig = createRig(plan.head)
    once(rig, writes(""), { kind: "denied" })
    const { release, events } = rig.machine("laptop")
    const end = await release(plan)
    expect(end).toMatchObject({ kind: "refused", troubles: [{ kind: "wrong" }] })
    expect(events.flatMap((event) => (event.kind === "trouble" ? [event.trouble] : []))).toEqual(
      end.kind === "refused" ? end.troubles : [],
    )
  })

  it("tells all trouble together, and writes nothing", async () => {
    const rig = createRig(plan.head)
    pushElse(rig.servers.git, "else")
    rig.servers.forge.pages.push({ tag, nonce: "x", notes: "", assets: new Map(), draft: false, latest: true })
    rig.network.wish(({ where, what }) => (where === "pypi" && what === "check" ? { kind: "denied" } : undefined))

    const end = await rig.machine("laptop").release(plan)

    expect(end).toMatchObject({
      kind: "refused",
      troubles: [
        {
          target: "git remote",
          what: expect.stringMatching(/^main is at \w{12}, the plan is about \w{12}$/),
          kind: "wrong",
        },
        { target: "pypi", kind: "unseen" },
        { target: "github", what: "v1.3.0 has a page", kind: "wrong" },
      ],
    })
    expect(rig.network.log.filter(({ verb }) => verb === "write")).toEqual([])
  })

  it("refuses a plan with a step that nothing here can carry out", async () => {
    const rig = createRig(plan.head)
    const { world } = rig.machine("laptop")
    const poor = { ...world, targets: { ...world.targets, forge: null, deployments: [] } }

    expect(await executeRelease({ kind: "start", plan }, poor)).toMatchObject({
      kind: "refused",
      troubles: ["stage", "forge", "deploy-production"].map((id) => ({
        what: expect.stringContaining(`can carry out the step ${id} `),
      })),
    })
  })
})

describe("before the push", () => {
  it("a gate that says no takes everything back", async () => {
    const rig = createRig(plan.head)
    const workshop = fakeWorkshop("laptop", { kind: "failed", why: "test@3.13 failed", next: "quillon test" })

    expect(await rig.machine("laptop", { workshop }).release(plan)).toEqual({
      kind: "withdrawn",
      why: "test@3.13 failed",
      next: "quillon test",
      cause: "gate",
    })
    expect(untouched(rig)).toEqual(NOTHING)
  })

  it("what could not be looked at lays the release down, for whoever comes next", async () => {
    const rig = createRig(plan.head)
    const workshop = fakeWorkshop("laptop", { kind: "could-not-look", why: "no engine", next: "quillon engine up" })

    expect(await rig.machine("laptop", { workshop }).release(plan)).toMatchObject({
      kind: "stopped",
      step: "build",
      stop: { kind: "failed", why: "no engine", blame: "surroundings" },
      permanent: false,
    })
    const careful = { fateOf: async () => "unknown" as const }
    expect(await rig.machine("other", careful).release(plan)).toMatchObject({ kind: "released" })
  })

  it("a file of other bytes on the index is found before anything permanent happens", async () => {
    const rig = createRig(plan.head)
    rig.servers.index.files.set("engine-1.3.0.tar.gz", { sha256: "00".repeat(32), since: 0 })

    expect(await rig.machine("laptop").release(plan)).toMatchObject({
      kind: "withdrawn",
      cause: "conflict",
      why: expect.stringContaining("engine-1.3.0.tar.gz"),
    })
    expect(untouched(rig)).toEqual({ ...NOTHING, index: 1 })
  })

  it("an index that does not answer stops the push", async () => {
    const rig = createRig(plan.head)
    // Only what is looked at ahead: the preflight of the index is answered.
    rig.network.wish(({ where, what }) => (where === "pypi" && what !== "check" ? { kind: "unavailable" } : undefined))

    expect(await rig.machine("laptop").release(plan)).toMatchObject({
      kind: "stopped",
      step: "push",
      stop: { kind: "waiting", until: expect.stringContaining("pypi answers") },
      permanent: false,
    })
    expect(rig.servers.git.tags.size).toBe(0)
  })

  it("a push that loses to another takes everything back", async () => {
    const rig = createRig(plan.head)
    rig.network.wish((request) => {
      if (writes("push")(request)) pushElse(rig.servers.git, "else")
      return undefined
    })

    expect(await rig.machine("laptop").release(plan)).toMatchObject({ kind: "withdrawn", cause: "moved" })
    expect(untouched(rig)).toEqual(NOTHING)
  })

  it("bytes that died with their machine are built anew, and no old draft stays", async () => {
    const rig = await killedAt("asset engine-1.3.0.tar.gz")

    expect(await rig.machine("second").release(plan)).toMatchObject({ kind: "released" })
    expect(rig.servers.forge.pages).toHaveLength(1)
    expect(repeatedWrites(rig)).toEqual([])
  })

  it("a push that its dead holder may have sent is waited for before anything is taken back", async () => {
    const rig = await killedAt("push", "before")
    const second = rig.machine("second")
    const { targets } = second.world
    const git = { ...targets.git, push: { ...targets.git.push, settleSeconds: 30 } }
    pushElse(rig.servers.git, "else")
    const before = rig.network.now()

    const world = { ...second.world, targets: { ...targets, git } }
    expect(await executeRelease(RESUME, world)).toMatchObject({ kind: "withdrawn", cause: "moved" })
    expect(rig.network.now() - before).toBe(30_000)
  })

  it("a conflict on the trial index is passed over and told", async () => {
    const rig = createRig(plan.head)
    rig.servers.testIndex.used.add("engine-1.3.0.tar.gz")
    const end = await rig.machine("laptop").release(plan)

    expect(end).toMatchObject({ kind: "released" })
    expect("receipts" in end && end.receipts.filter(({ outcome }) => outcome === "passed-over")).toMatchObject([
      { act: "test-index:engine-1.3.0.tar.gz", why: "engine-1.3.0.tar.gz was used and deleted" },
    ])
  })
})

describe("after the push", () => {
  it("a burnt name stops the release and leaves its journal", async () => {
    const rig = createRig(plan.head)
    rig.servers.index.used.add("engine-1.3.0-py3-none-any.whl")

    expect(await rig.machine("laptop").release(plan)).toMatchObject({
      kind: "stopped",
      step: "index",
      stop: { kind: "burnt" },
      permanent: true,
    })
    expect(rig.servers.git.journals.size).toBe(1)
    expect(rig.servers.forge.pages).toMatchObject([{ draft: true }])
  })

  it("a push by somebody else changes nothing", async () => {
    const rig = await killedAt("push")
    pushElse(rig.servers.git, "else")

    expect(await rig.machine("second").release(plan)).toMatchObject({ kind: "released" })
  })

  it("pages that lag end in waiting, and in released once they show it", async () => {
    const rig = createRig(plan.head, { lag: 3_600 })
    const slow = await planOf({ targets: {} })

    const ends: string[] = []
    for (const file of ["the wheel", "the sdist", "nothing"]) {
      const end = await rig.machine("laptop").release(slow)
      ends.push(end.kind === "stopped" ? `${end.stop.kind} for ${file}` : end.kind)
      await rig.network.sleep(3_600_000)
    }

    expect(ends).toEqual(["waiting for the wheel", "waiting for the sdist", "released"])
    expect(repeatedWrites(rig)).toEqual([])
  })

  it("a package that does not install is the release's fault", async () => {
    const rig = createRig(plan.head)
    rig.servers.index.works = false

    expect(await rig.machine("laptop").release(plan)).toMatchObject({
      step: "install",
      stop: { kind: "failed", blame: "release", why: "it does not import" },
    })
  })

  it("a token that is refused is the surroundings' fault, and the next run goes on", async () => {
    const rig = createRig(plan.head)
    once(rig, writes("engine", "pypi"), { kind: "denied" })

    expect(await rig.machine("laptop").release(plan)).toMatchObject({
      step: "index",
      stop: { kind: "failed", blame: "surroundings", next: "give pypi a token" },
    })
    expect(await rig.machine("laptop").release(plan)).toMatchObject({ kind: "released" })
  })

  it("a floating tag stays with a newer version of its line", async () => {
    const rig = createRig(plan.head)
    rig.servers.registry.tags.set("2.0.0", "sha256:two").set("latest", "sha256:two")

    const end = await rig.machine("laptop").release(plan)

    expect(rig.servers.registry.tags.get("latest")).toBe("sha256:two")
    expect(rig.servers.registry.tags.get("1")).toBe(rig.servers.registry.tags.get("1.3.0"))
    expect("receipts" in end && end.receipts.find(({ act }) => act === "image-tags:latest")).toMatchObject({
      outcome: "passed-over",
      why: "latest belongs to 2.0.0, which is newer",
    })
  })

  it("what was deployed since is not replaced by an older image", async () => {
    const rig = await killedAt("note on")
    rig.servers.production.running = "sha256:newer"

    expect(await rig.machine("second").release(plan)).toMatchObject({ kind: "released" })
    expect(rig.servers.production.running).toBe("sha256:newer")
  })
})

describe("a release that is resumed", () => {
  it("does not install again what its receipt says was installed", async () => {
    const rig = await killedAt("note on")
    const before = rig.network.log.length
    expect(await rig.machine("second").release(plan)).toMatchObject({ kind: "released" })
    expect(rig.network.log.slice(before).filter(({ what }) => what.startsWith("install"))).toEqual([])
  })
})

describe("answers", () => {
  it("that are lost are looked for and the write is not made again", async () => {
    const rig = createRig(plan.head, { lag: 30 })
    once(rig, writes("engine", "pypi"), { kind: "answer-lost" })

    expect(await rig.machine("laptop").release(plan)).toMatchObject({ kind: "released" })
    expect(repeatedWrites(rig)).toEqual([])
  })

  it("that ask for patience get at least so much", async () => {
    const rig = createRig(plan.head)
    once(rig, writes("engine", "pypi"), { kind: "rate-limited", retryAfter: 90 })
    const { release, events } = rig.machine("laptop")
    await release(plan)

    expect(events.filter(({ kind }) => kind === "tried-again")).toMatchObject([{ seconds: expect.any(Number) }])
    expect(rig.network.now() - Date.parse(plan.created)).toBeGreaterThanOrEqual(90_000)
  })

  it("that ask for more patience than there is end in waiting", async () => {
    const rig = createRig(plan.head)
    once(rig, writes("engine", "pypi"), { kind: "rate-limited", retryAfter: 86_400 })

    expect(await rig.machine("laptop").release(plan)).toMatchObject({ step: "index", stop: { kind: "waiting" } })
  })
})

describe("the hold", () => {
  const unknown = { fateOf: async () => "unknown" } satisfies Partial<ReleaseWorld>

  it("of a process that lives is respected, even where a person wants to take it over", async () => {
    const rig = await killedAt("push")
    const { world } = rig.machine("second", { fateOf: async () => "alive" })

    expect(await executeRelease({ ...RESUME, take: "over" }, world)).toMatchObject({
      kind: "held",
      holder: { host: "first" },
      fate: "alive",
    })
  })

  it("of a process that nobody knows of is taken over only when a person says so", async () => {
    const rig = await killedAt("push")
    const { world } = rig.machine("second", unknown)

    expect(await executeRelease(RESUME, world)).toMatchObject({ kind: "held", fate: "unknown" })
    expect(await executeRelease({ ...RESUME, take: "over" }, world)).toMatchObject({ kind: "released" })
  })

  it("that was taken over stops the old holder before his next write", async () => {
    const rig = createRig(plan.head)
    const second = rig.machine("second", unknown)
    let resumed: Promise<unknown> | undefined
    rig.network.wish((request) => {
      if (resumed === undefined && request.process === "first" && writes("push")(request)) {
        resumed = executeRelease({ ...RESUME, take: "over" }, second.world)
      }
      return undefined
    })

    const first = await rig.machine("first").release(plan)

    expect(await resumed).toMatchObject({ kind: "released" })
    expect(first).toMatchObject({ kind: "stopped", stop: { kind: "unheld" } })
    expect(repeatedWrites(rig)).toEqual([])
  })

  it("is kept from a Quillon that is too old to read the journal", async () => {
    const rig = await killedAt("push")
    const stored = rig.servers.git.journals.get(version)
    if (stored === undefined) throw new Error("no journal")
    rig.servers.git.journals.set(version, { ...stored, text: stored.text.replace('"schema": 1', '"schema": 2') })

    expect(await rig.machine("second").release(plan)).toMatchObject({
      kind: "nothing",
      why: "the journal has schema version 2, this Quillon reads 1",
    })
  })

  it("is kept where an interrupt lays it down, and the journal has no holder then", async () => {
    const rig = createRig(plan.head)
    const control = new AbortController()
    const emit: ReleaseWorld["emit"] = (event) => {
      if (event.kind === "step-started" && event.step.id === "index") control.abort()
    }

    const end = await rig.machine("laptop", { emit, signal: control.signal }).release(plan)

    expect(end).toMatchObject({ kind: "stopped", step: "index", stop: { kind: "waiting" } })
    const read = decodeJournal(rig.servers.git.journals.get(version)?.text ?? "")
    expect(read).toMatchObject({ kind: "journal", journal: { holder: null } })
  })
})

describe("two releases at once", () => {
  it.each([0, 1, 2, 3, 4])("of one plan end with one winner and one commit on main (start %i apart)", async (apart) => {
    const rig = createRig(plan.head)
    const unknown = { fateOf: async () => "unknown" as const }
    const start = async (name: string, ticks: number) => {
      for (let tick = 0; tick < ticks * 3; tick += 1) await Promise.resolve()
      return rig.machine(name, unknown).release(plan)
    }
    const ends = await Promise.all([start("one", 0), start("two", apart)])

    expect(ends.filter(({ kind }) => kind === "released")).toHaveLength(1)
    const { git } = rig.servers
    const main = git.refs.get("refs/heads/main") ?? ""
    expect(git.parents.get(main)).toBe(plan.head)
    expect(main).toBe(git.tags.get(tag)?.commit)
    expect(git.journals.size).toBe(0)
    expect(repeatedWrites(rig)).toEqual([])
  })

  it("of two commits end with a release of the one that main is at", async () => {
    const rig = createRig(plan.head)
    pushElse(rig.servers.git, "newer")
    const head = rig.servers.git.refs.get("refs/heads/main") ?? ""
    const newer = { ...plan, head }

    const ends = await Promise.all([rig.machine("one").release(plan), rig.machine("two").release(newer)])

    expect(ends.map(({ kind }) => kind)).toEqual(["refused", "released"])
    expect(rig.servers.git.parents.get(rig.servers.git.refs.get("refs/heads/main") ?? "")).toBe(head)
  })
})

describe("nothing to resume", () => {
  it("is told apart: finished, never begun, and a tag that Quillon did not release", async () => {
    const rig = createRig(plan.head)
    const { release, world } = rig.machine("laptop")
    expect(await executeRelease(RESUME, world)).toMatchObject({ kind: "nothing", why: "nobody began to release 1.3.0" })
    await release(plan)
    expect(await executeRelease(RESUME, world)).toMatchObject({ kind: "already-released", version })
    rig.servers.git.notes.clear()
    expect(await executeRelease(RESUME, world)).toMatchObject({
      kind: "nothing",
      why: "v1.3.0 is there and was not released by Quillon",
    })
  })

  it("is written where everything was done before", async () => {
    const rig = await killedAt("no journal", "before")
    const before = rig.network.log.length
    expect(await rig.machine("second").release(plan)).toMatchObject({ kind: "released" })

    const later = rig.network.log.slice(before).filter(({ verb }) => verb === "write")
    expect(later.filter(({ what }) => !what.includes("journal"))).toEqual([])
  })
})

describe("the journal of a release on its way", () => {
  it("names plan, commit, digests and every write, and is a child of the release commit", async () => {
    const rig = await killedAt("push")
    const stored = rig.servers.git.journals.get(version)
    const read = decodeJournal(stored?.text ?? "")
    if (read.kind === "refused") throw new Error(read.message)

    expect(stored?.commit).toBe(rig.servers.git.tags.get(tag)?.commit)
    expect(read.journal).toMatchObject({ plan: { head: plan.head }, begun: { act: "push" }, holder: { host: "first" } })
    expect(read.journal.receipts.map(({ act }) => act)).toContain("image")
  })
})
