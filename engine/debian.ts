/** Where Debian's packages come from, as the host gets its own. */
export interface DebianSource {
  readonly mirror: string
  readonly security: string
  /** Settings of the host's apt that a download needs (proxies, a mirror whose dates are old). */
  readonly aptOptions: readonly string[]
  /** The sources of a suite, as lines of sources.list. */
  readonly lines: (suite: string) => readonly string[]
}

const DEFAULT_MIRROR = "http://deb.debian.org/debian"
const DEFAULT_SECURITY = "http://security.debian.org/debian-security"

/** Debian named its security suites `<suite>-security` from bullseye on; testing has them too, empty. */
const OPTION = /^(Acquire::(?:https?::Proxy(?:::[^ ]+)?|Check-Valid-Until|ForceIPv4)) "([^"]*)";$/

/** Reads the host's apt sources (both formats) and `apt-config dump`; a host that is no Debian gets the public mirror. */
export function debianSource(sources: string, aptConfig: string): DebianSource {
  const addresses = [...sources.matchAll(/^(?:URIs:\s*|deb\s+(?:\[[^\]]*\]\s+)?)(\S+)/gm)].map((match) =>
    (match[1] ?? "").replace(/\/$/, ""),
  )
  const mirror = addresses.find((address) => /\/debian$/.test(address)) ?? DEFAULT_MIRROR
  const security = addresses.find((address) => /\/debian-security$/.test(address)) ?? DEFAULT_SECURITY
  const aptOptions = aptConfig.split("\n").flatMap((line) => {
    const match = OPTION.exec(line.trim())
    return match === null ? [] : [`${match[1]} "${match[2]}"`]
  })
  return { mirror, security, aptOptions, lines: (suite) => suiteLines({ mirror, security }, suite) }
}

function suiteLines(source: { readonly mirror: string; readonly security: string }, suite: string): readonly string[] {
  return [
    `deb ${source.mirror} ${suite} main`,
    `deb ${source.mirror} ${suite}-updates main`,
    `deb ${source.security} ${suite}-security main`,
  ]
}
