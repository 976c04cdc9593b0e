import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { networkUpCommands, planNetwork, ruleRemovals } from "../../engine/network.js"

const paths = { instance: "00000000", name: "quillon-00000000", netns: "/run/quillon/00000000/net" }

const facts = {
  addresses: `1: lo    inet 127.0.0.1/8 scope host lo
4: eth0    inet 192.0.2.2/24 brd 192.0.2.255 scope global eth0
`,
  routes: `default via 192.0.2.1 dev eth0
192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.2
`,
  links: `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN
4: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1400 qdisc pfifo_fast state UP
`,
}

describe("planNetwork", () => {
  test("takes a network of four addresses and the host's own MTU", () => {
    expect(planNetwork(paths, facts)).toEqual({
      name: "quillon-00000000",
      netns: "/run/quillon/00000000/net",
      hostLink: "quillon00000000",
      subnet: "10.201.0.0/30",
      hostAddress: "10.201.0.1",
      guestAddress: "10.201.0.2",
      mtu: 1400,
    })
  })

  test.each([
    ["an address of it", { addresses: "7: veth0    inet 10.201.0.1/30 scope global veth0\n" }],
    ["a route into it", { routes: "10.201.0.0/30 dev tun0 scope link\n" }],
  ])("goes on to the next network when the host has %s", (_, taken) => {
    expect(planNetwork(paths, { ...facts, ...taken }).subnet).toBe("10.201.0.4/30")
  })

  test("goes past a larger network that covers the first ones", () => {
    const routes = `${facts.routes}10.201.0.0/22 dev wg0 scope link\n`
    expect(planNetwork(paths, { ...facts, routes }).subnet).toBe("10.201.4.0/30")
  })

  test("names the host's end within the 15 characters that the kernel allows", () => {
    expect(planNetwork({ ...paths, instance: "ffffffff" }, facts).hostLink.length).toBeLessThanOrEqual(15)
  })
})

describe("networkUpCommands", () => {
  test("mark every firewall rule with the engine's name", () => {
    const rules = networkUpCommands(planNetwork(paths, facts)).filter(([program]) => program === "iptables")
    expect(rules).toHaveLength(3)
    for (const rule of rules) expect(rule.join(" ")).toContain("--comment quillon-00000000")
  })
})

describe("ruleRemovals", () => {
  const saved = readFileSync(join(import.meta.dirname, "../transcripts/engine/iptables-save.txt"), "utf8")

  test("delete exactly the rules that carry the engine's name", () => {
    expect(ruleRemovals(saved, "quillon-0123abcd").map((command) => command.join(" "))).toEqual([
      "iptables -w 10 -t filter -D FORWARD -o quillon0123abcd -m comment --comment quillon-0123abcd -j ACCEPT",
      "iptables -w 10 -t filter -D FORWARD -i quillon0123abcd -m comment --comment quillon-0123abcd -j ACCEPT",
      "iptables -w 10 -t nat -D POSTROUTING -s 10.201.95.112/30 ! -d 10.201.95.112/30 -m comment --comment quillon-0123abcd -j MASQUERADE",
    ])
  })

  test("leave another engine's rules alone", () => {
    expect(ruleRemovals(saved, "quillon-0123abc")).toEqual([])
  })
})
