/** Where Debian's packages come from, as the host gets its own. */
export interface DebianSource {
  /** Settings of the host's apt that a download needs (proxies, a mirror whose dates are old). */
  readonly aptOptions: readonly string[]
  /** The sources of a suite, as lines of sources.list; none where `mmdebstrap` is to take the public mirrors that it knows. */
  readonly lines: (suite: string) => readonly string[]
}

const OPTION = /^(Acquire::(?:https?::Proxy(?:::[^ ]+)?|Check-Valid-Until|ForceIPv4)) "([^"]*)";$/

/** Reads the host's apt sources (both formats) and `apt-config dump`; a host that is no Debian has no mirror of its own. */
export function debianSource(sources: string, aptConfig: string): DebianSource {
  const addresses = [...sources.matchAll(/^(?:URIs:\s*|deb\s+(?:\[[^\]]*\]\s+)?)(\S+)/gm)].map((match) =>
    (match[1] ?? "").replace(/\/$/, ""),
  )
  const mirror = addresses.find((address) => /\/debian$/.test(address))
  const security = addresses.find((address) => /\/debian-security$/.test(address))
  const aptOptions = aptConfig.split("\n").flatMap((line) => {
    const match = OPTION.exec(line.trim())
    return match === null ? [] : [`${match[1]} "${match[2]}"`]
  })
  const lines = (suite: string) => [
    ...(mirror === undefined ? [] : [`deb ${mirror} ${suite} main`, `deb ${mirror} ${suite}-updates main`]),
    // Debian calls its security suites `<suite>-security` from bullseye on; testing has them too, empty.
    ...(mirror === undefined || security === undefined ? [] : [`deb ${security} ${suite}-security main`]),
  ]
  return { aptOptions, lines }
}
