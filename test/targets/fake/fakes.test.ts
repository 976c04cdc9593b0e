import { describeForgeContract } from "../contract/forge.js"
import { describeGitContract } from "../contract/git-remote.js"
import { describeRegistryContract } from "../contract/image-registry.js"
import { describeJournalContract } from "../contract/journal-store.js"
import { describeIndexContract } from "../contract/package-index.js"
import type { ContractFault } from "../contract/target.js"
import { createForgeServer, fakeForge } from "./forge.js"
import { createGitServer, fakeGit, fakeJournals, objectId, pushElse } from "./git.js"
import { createNetwork, type Fault } from "./network.js"
import { createIndexServer, fakeIndex } from "./package-index.js"
import { createRegistryServer, fakeRegistry } from "./registry.js"

const FAULTS: Readonly<Record<ContractFault, Fault>> = {
  "answer-lost": { kind: "answer-lost" },
  "rate-limited": { kind: "rate-limited", retryAfter: 7 },
  unavailable: { kind: "unavailable" },
  denied: { kind: "denied" },
}

/** A network whose next request of a kind can be broken, as contracts want it. */
function rig() {
  const network = createNetwork()
  const next = (verb: "look" | "write", fault: Fault) => {
    let spent = false
    network.wish((request) => {
      if (spent || request.verb !== verb) return undefined
      spent = true
      return fault
    })
  }
  return {
    network,
    wire: network.connect("one"),
    fault: (kind: ContractFault) => next("write", FAULTS[kind]),
    hide: () => next("look", { kind: "denied" }),
    cut: () => next("look", { kind: "request-lost" }),
    writes: () => network.log.filter(({ verb }) => verb === "write").length,
  }
}

const BASE = "abc0001".padEnd(40, "0")

describeIndexContract("the index in memory", async () => {
  const { network, wire, ...rest } = rig()
  const server = createIndexServer("pypi")
  const wish = {
    project: "engine",
    version: "1.3.0",
    name: "engine-1.3.0.tar.gz",
    kind: "sdist",
    sha256: "aa".repeat(32),
  } as const
  return {
    ...rest,
    index: fakeIndex(server, network, wire),
    wish,
    rival: { ...wish, sha256: "bb".repeat(32) },
    remove: ({ name }) => void server.files.delete(name),
  }
})

describeRegistryContract("the registry in memory", async () => {
  const { wire, ...rest } = rig()
  const registry = fakeRegistry(createRegistryServer("ghcr.io/ada/engine"), wire)
  return { ...rest, registry, images: [`sha256:${"aa".repeat(32)}`, `sha256:${"bb".repeat(32)}`] }
})

describeForgeContract("the forge in memory", async () => {
  const { wire, ...rest } = rig()
  const asset = { name: "SHA256SUMS", sha256: "aa".repeat(32), other: "bb".repeat(32) }
  return { ...rest, forge: fakeForge(createForgeServer(), wire), asset, commit: BASE }
})

describeGitContract("the git remote in memory", async () => {
  const { wire, ...rest } = rig()
  const server = createGitServer(BASE)
  return {
    ...rest,
    git: fakeGit(server, wire),
    branch: "main",
    wish: { base: BASE, edits: [{ path: "VERSION", diff: "…" }], message: "chore: 1.3.0", tag: "v1.3.0", time: 1 },
    pushElse: () => pushElse(server, "else"),
  }
})

describeJournalContract("journals in memory", async () => {
  const { network, wire, ...rest } = rig()
  const server = createGitServer(BASE)
  const other = fakeJournals(server, network.connect("two"))
  return { ...rest, store: fakeJournals(server, wire), other, commit: objectId("commit", "release") }
})
