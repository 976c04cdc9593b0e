import { QuillonError } from "../src/errors.js"
import type { EnginePaths } from "./paths.js"

/** The addresses and names of one engine's network. */
export interface NetworkPlan {
  /** `quillon-<instance>`, the comment of its firewall rules. */
  readonly name: string
  /** The file on which the network namespace is mounted. */
  readonly netns: string
  /** The host's end of the pair; at most 15 characters. */
  readonly hostLink: string
  readonly subnet: string
  readonly hostAddress: string
  readonly guestAddress: string
  /** Bytes; the host's own, so that nothing needs to be cut. */
  readonly mtu: number
}

/** What the host's network looks like. */
export interface NetworkFacts {
  /** All addresses and routes of the host, as `ip -o -4 address` and `ip -4 route` print them. */
  readonly addresses: string
  readonly routes: string
  /** MTU by interface, from `ip -o link`. */
  readonly links: string
}

type Command = readonly [string, ...string[]]

/** 10.201.0.0/16 holds 16,384 networks of four addresses. */
const NETWORKS = 16_384

/** Chooses names and a free /30 for an engine; the same instance gets the same one while it is free. */
export function planNetwork(paths: Pick<EnginePaths, "instance" | "name" | "netns">, facts: NetworkFacts): NetworkPlan {
  const taken = takenNetworks(facts)
  const first = Number.parseInt(paths.instance, 16) % NETWORKS
  for (let step = 0; step < NETWORKS; step++) {
    const index = (first + step) % NETWORKS
    const base = `10.201.${index >> 6}.`
    const low = (index & 63) * 4
    const subnet = `${base}${low}/30`
    if (taken.some((other) => overlaps(other, subnet))) continue
    return {
      name: paths.name,
      netns: paths.netns,
      hostLink: hostLink(paths.instance),
      subnet,
      hostAddress: `${base}${low + 1}`,
      guestAddress: `${base}${low + 2}`,
      mtu: hostMtu(facts),
    }
  }
  throw new QuillonError({
    code: "ENGINE_NO_FREE_NETWORK",
    message: "the engine needs four addresses of 10.201.0.0/16, and this machine has routes to all of them",
    next: "remove a route (ip -4 route), then: quillon engine up",
    kind: "environment",
  })
}

/** The name of the host's end of an engine's pair. */
export function hostLink(instance: string): string {
  return `quillon${instance}`
}

/** Commands that make namespace, pair, routes and rules, in this order. */
export function networkUpCommands(plan: NetworkPlan): readonly Command[] {
  const { netns, hostLink: link, hostAddress, guestAddress, mtu } = plan
  const inside = ["nsenter", `--net=${netns}`, "--", "ip"] as const
  return [
    ["unshare", `--net=${netns}`, "true"],
    [
      "ip",
      "link",
      "add",
      link,
      "mtu",
      `${mtu}`,
      "type",
      "veth",
      "peer",
      "name",
      "eth0",
      "mtu",
      `${mtu}`,
      "netns",
      netns,
    ],
    ["ip", "address", "add", `${hostAddress}/30`, "dev", link],
    ["ip", "link", "set", link, "up"],
    [...inside, "link", "set", "lo", "up"],
    [...inside, "address", "add", `${guestAddress}/30`, "dev", "eth0"],
    [...inside, "link", "set", "eth0", "up"],
    [...inside, "route", "add", "default", "via", hostAddress],
    ...ruleArguments(plan).map((rule): Command => ["iptables", "-w", "10", ...insertion(rule)]),
  ]
}

/** The host's firewall rules, each as table, chain and match; the comment is how `down` finds them again. */
function ruleArguments(plan: NetworkPlan): readonly { table: string; chain: string; match: readonly string[] }[] {
  const comment = ["-m", "comment", "--comment", plan.name]
  return [
    {
      table: "nat",
      chain: "POSTROUTING",
      match: ["-s", plan.subnet, "!", "-d", plan.subnet, ...comment, "-j", "MASQUERADE"],
    },
    { table: "filter", chain: "FORWARD", match: ["-i", plan.hostLink, ...comment, "-j", "ACCEPT"] },
    { table: "filter", chain: "FORWARD", match: ["-o", plan.hostLink, ...comment, "-j", "ACCEPT"] },
  ]
}

function insertion(rule: { table: string; chain: string; match: readonly string[] }): readonly string[] {
  return ["-t", rule.table, "-I", rule.chain, "1", ...rule.match]
}

/** Turns what `iptables-save` prints into the commands that delete an engine's rules, whoever made them. */
export function ruleRemovals(saved: string, name: string): readonly Command[] {
  let table = "filter"
  const commands: Command[] = []
  for (const line of saved.split("\n")) {
    if (line.startsWith("*")) table = line.slice(1)
    if (!line.startsWith("-A ") || !line.split(/[\s"]+/).includes(name)) continue
    const words = line
      .slice(3)
      .split(" ")
      .map((word) => word.replace(/^"|"$/g, ""))
    commands.push(["iptables", "-w", "10", "-t", table, "-D", ...words])
  }
  return commands
}

function takenNetworks(facts: NetworkFacts): readonly string[] {
  const network = /(?:^|\s)(\d+\.\d+\.\d+\.\d+\/\d+)/g
  return [facts.addresses, facts.routes].flatMap((text) => [...text.matchAll(network)].map((match) => match[1] ?? ""))
}

function overlaps(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)]
  const bits = Math.min(a.bits, b.bits)
  const mask = bits === 0 ? 0 : (~0 << (32 - bits)) >>> 0
  return (a.address & mask) >>> 0 === (b.address & mask) >>> 0
}

function parse(network: string): { address: number; bits: number } {
  const [address = "", bits = "32"] = network.split("/")
  return { address: address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0), bits: Number(bits) }
}

/** The MTU of the interface behind the default route; 1500 where there is none. */
function hostMtu(facts: NetworkFacts): number {
  const device = /^default .*?dev (\S+)/m.exec(facts.routes)?.[1]
  const line = facts.links.split("\n").find((text) => text.split(": ")[1]?.split("@")[0] === device)
  return Number(/ mtu (\d+)/.exec(line ?? "")?.[1] ?? 1500)
}
