import type { PackageIndex } from "../../../src/targets/ports/package-index.js"
import type { Sight } from "../../../src/targets/ports/sight.js"
import type { Written } from "../../../src/targets/ports/written.js"
import type { Network, Wire } from "./network.js"

/** A package index with PyPI's rules: the same bytes are taken again, other bytes never, a deleted name never. */
export interface IndexServer {
  readonly name: string
  readonly files: Map<string, { readonly sha256: string; readonly since: number }>
  /** Names that were ever used. */
  readonly used: Set<string>
  /** Seconds that pages lag behind uploads. */
  lag: number
  /** Whether what is installed works. */
  works: boolean
}

export function createIndexServer(name: string, lag = 0): IndexServer {
  return { name, files: new Map(), used: new Set(), lag, works: true }
}

/** The client of an index. */
export function fakeIndex(server: IndexServer, network: Network, wire: Wire): PackageIndex {
  const { name } = server
  const page = (file: string) => {
    const found = server.files.get(file)
    return found !== undefined && network.now() >= found.since + server.lag * 1_000 ? found : undefined
  }
  const see = (file: { readonly name: string; readonly sha256: string }): Sight => {
    const found = page(file.name)
    if (found === undefined) return { kind: "absent" }
    if (found.sha256 === file.sha256) return { kind: "identical", link: `${name}/${file.name}` }
    return { kind: "different", detail: `${file.name} is ${found.sha256} on ${name}, not ${file.sha256}` }
  }
  const installed = new Set<string>()
  return {
    name,
    check: () =>
      wire.look(name, "check", () => []).then((answer) => (Array.isArray(answer) ? answer : [unseen(name, answer)])),
    files: {
      settleSeconds: server.lag,
      probe: (file) => wire.look(name, file.name, () => see(file)),
      verify: (file) => wire.look(name, file.name, () => see(file)),
      apply: (file) =>
        wire.write<Written>(name, file.name, () => {
          const there = server.files.get(file.name)
          if (there === undefined && server.used.has(file.name)) {
            return { kind: "refused", reason: { kind: "burnt", detail: `${file.name} was used and deleted` } }
          }
          if (there !== undefined && there.sha256 !== file.sha256) {
            return { kind: "refused", reason: { kind: "conflict", detail: `${file.name} is there with other bytes` } }
          }
          if (there === undefined) server.files.set(file.name, { sha256: file.sha256, since: network.now() })
          server.used.add(file.name)
          const digest = `sha256:${file.sha256}`
          return { kind: "done", receipt: { what: file.name, where: name, digest, link: `${name}/${file.name}` } }
        }),
    },
    install: {
      settleSeconds: server.lag,
      probe: async ({ version }) => (installed.has(version) ? { kind: "identical" } : { kind: "absent" }),
      verify: async ({ version }) => (installed.has(version) ? { kind: "identical" } : { kind: "absent" }),
      apply: async ({ version, files }) => {
        const answer = await wire.look<Written>(name, `install ${version}`, () => {
          const lagging = files.find((file) => see(file).kind !== "identical")
          if (lagging !== undefined) return { kind: "waiting", until: `${name} shows ${lagging.name}` }
          if (server.works) return { kind: "done", receipt: { what: version, where: name } }
          const next = "look at the package"
          return { kind: "refused", reason: { kind: "invalid", why: "it does not import", next } }
        })
        if (answer.kind === "hidden" || answer.kind === "unreachable") return { kind: "lost", why: answer.why }
        if (answer.kind === "done") installed.add(version)
        return answer
      },
    },
  }
}

function unseen(target: string, { why }: { readonly why: string }) {
  return { target, what: why, next: `reach ${target}`, kind: "unseen" } as const
}
