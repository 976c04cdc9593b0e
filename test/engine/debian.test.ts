import { describe, expect, test } from "vitest"
import { debianSource } from "../../engine/debian.js"

const DEB822 = `Types: deb
URIs: http://mirror.example/debian/
Suites: bookworm bookworm-updates
Components: main

Types: deb
URIs: https://mirror.example/debian-security
Suites: bookworm-security
Components: main
`

const ONE_LINE = `# a comment: deb http://wrong.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] http://mirror.example/debian bookworm main
deb-src http://sources.example/debian bookworm main
deb https://mirror.example/debian-security bookworm-security main
`

describe("debianSource", () => {
  test.each([
    ["deb822", DEB822],
    ["one-line", ONE_LINE],
  ])("takes the host's own mirrors from the %s format", (_, sources) => {
    expect(debianSource(sources, "").lines("trixie")).toEqual([
      "deb http://mirror.example/debian trixie main",
      "deb http://mirror.example/debian trixie-updates main",
      "deb https://mirror.example/debian-security trixie-security main",
    ])
  })

  test("leaves the choice of mirrors to mmdebstrap on a host that is no Debian", () => {
    expect(debianSource("deb http://archive.example/ubuntu noble main\n", "").lines("trixie")).toEqual([])
  })

  test("hands on proxies and the host's opinion on old mirrors, and nothing else of its apt", () => {
    const config = `Acquire::http::Proxy "http://proxy:3128";
Acquire::https::Proxy::mirror.example "DIRECT";
Acquire::Check-Valid-Until "false";
APT::Update::Post-Invoke:: "touch /tmp/x";
Acquire::GzipIndexes "true";
`
    expect(debianSource("", config).aptOptions).toEqual([
      'Acquire::http::Proxy "http://proxy:3128"',
      'Acquire::https::Proxy::mirror.example "DIRECT"',
      'Acquire::Check-Valid-Until "false"',
    ])
  })
})
