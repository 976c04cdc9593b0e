import { createHash } from "node:crypto"
import type { ReleaseEvent } from "../../../src/release/execute/event.js"
import { executeRelease } from "../../../src/release/execute/execute-release.js"
import type { ReleaseEnd } from "../../../src/release/execute/release-end.js"
import type { BuildEnd, Workshop } from "../../../src/release/execute/workshop.js"
import type { ReleaseWorld } from "../../../src/release/execute/world.js"
import type { Built, Holder } from "../../../src/release/journal/schema.js"
import type { ReleasePlan } from "../../../src/release/plan/schema.js"
import { planRelease } from "../../../src/release/plan-release.js"
import { fakeDeployment } from "../../targets/fake/deployment.js"
import { createForgeServer, fakeForge } from "../../targets/fake/forge.js"
import { createGitServer, fakeGit, fakeJournals, objectId } from "../../targets/fake/git.js"
import { createNetwork, type Wire } from "../../targets/fake/network.js"
import { createIndexServer, fakeIndex } from "../../targets/fake/package-index.js"
import { createRegistryServer, fakeRegistry } from "../../targets/fake/registry.js"
import { factsOf, NOW, policy } from "../fixture.js"

/** Settings of a project that goes everywhere. */
export const EVERYWHERE = {
  targets: {
    testIndex: "testpypi",
    image: "ghcr.io/ada/engine",
    deploy: ["production"],
  },
}

/** A plan of 1.3.0 from main. @throws where the planner refuses, which would be a fault of the test */
export async function planOf(settings: unknown = EVERYWHERE): Promise<ReleasePlan> {
  const facts = factsOf({ version: "1.2.0", history: ["chore: begin", { tag: "v1.2.0" }, "feat: streaming"] })
  const plan = await planRelease(facts, policy(settings), NOW)
  if (plan.kind !== "release") throw new Error(JSON.stringify(plan))
  return plan
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex")

/** What is built of a commit: distributions are the same on each machine, images and SBOMs are not. */
export function builtOn(machine: string, commit: string): Built {
  const file = (kind: Built["artifacts"][number]["kind"], name: string, bytes: string) => ({
    kind,
    name,
    sha256: sha256(bytes),
    size: bytes.length,
  })
  return {
    artifacts: [
      file("sdist", "engine-1.3.0.tar.gz", `sdist ${commit}`),
      file("wheel", "engine-1.3.0-py3-none-any.whl", `wheel ${commit}`),
      file("sbom", "engine-1.3.0.cdx.json", `sbom ${commit} ${machine}`),
      file("checksums", "SHA256SUMS", `sums ${commit}`),
    ],
    image: `sha256:${sha256(`image ${commit} ${machine}`)}`,
    imports: ["engine"],
    allowed: [],
  }
}

/** Builds in no time, and has what it built; other machines can make distributions again and nothing else. */
export function fakeWorkshop(machine: string, end?: BuildEnd): Workshop {
  const had = new Set<string>()
  return {
    build: async ({ release }) => {
      if (end !== undefined) return end
      const built = builtOn(machine, release.commit)
      for (const { sha256 } of built.artifacts) had.add(sha256)
      had.add(built.image ?? "")
      return { kind: "built", built }
    },
    bring: async ({ artifacts, image }) => {
      const lacks = artifacts.find(({ kind, sha256 }) => kind === "sbom" && !had.has(sha256))?.name ?? image ?? ""
      if (lacks === "" || had.has(lacks)) return { kind: "at-hand" }
      return { kind: "gone", why: `${lacks} was made on a machine that is gone` }
    },
  }
}

/** A process that releases. */
export interface Machine {
  readonly world: ReleaseWorld
  readonly events: ReleaseEvent[]
  /** Releases as the CLI does: resumes what was begun, else carries the plan out. */
  release(plan: ReleasePlan): Promise<ReleaseEnd>
}

/** All servers that a release meets, in memory. */
export function createRig(head: string, { lag = 0 } = {}) {
  const network = createNetwork(NOW)
  const servers = {
    git: createGitServer(head),
    testIndex: createIndexServer("testpypi", lag),
    index: createIndexServer("pypi", lag),
    registry: createRegistryServer("ghcr.io/ada/engine"),
    forge: createForgeServer(),
    production: { name: "production", running: null as string | null },
  }
  let nonces = 0

  function machine(name: string, overrides: Partial<ReleaseWorld> = {}): Machine {
    const wire: Wire = network.connect(name)
    const events: ReleaseEvent[] = []
    const holder: Holder = { kind: "process", id: name, host: name, pid: 1 }
    const world: ReleaseWorld = {
      targets: {
        git: fakeGit(servers.git, wire),
        journals: fakeJournals(servers.git, wire),
        testIndex: fakeIndex(servers.testIndex, network, wire),
        index: fakeIndex(servers.index, network, wire),
        image: fakeRegistry(servers.registry, wire),
        forge: fakeForge(servers.forge, wire),
        deployments: [fakeDeployment(servers.production, wire)],
      },
      workshop: fakeWorkshop(name),
      clock: { now: network.now, sleep: network.sleep },
      random: () => 0.5,
      nonce: () => objectId("nonce", `${nonces++}`),
      holder,
      fateOf: async () => "ended",
      emit: (event) => void events.push(event),
      patience: { seconds: 600, attempts: 5 },
      signal: new AbortController().signal,
      ...overrides,
    }
    const release = (plan: ReleasePlan) => {
      const { semver: version, tag } = plan.version
      const begun = servers.git.journals.has(version) || servers.git.tags.has(tag)
      return executeRelease(begun ? { kind: "resume", version, tag, take: "free" } : { kind: "start", plan }, world)
    }
    return { world, events, release }
  }

  return { network, servers, machine }
}

/** Everything below the servers. */
export type Rig = ReturnType<typeof createRig>
