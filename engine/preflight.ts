import type { Problem } from "../src/errors.js"
import { gigabytes } from "./gigabytes.js"

/** What the machine offers; gathered once, judged by pure functions. */
export interface HostFacts {
  readonly platform: string
  /** Node's name, e.g. `x64`. */
  readonly architecture: string
  readonly uid: number
  /** The program `go version` names, e.g. `1.26.8`; undefined where there is none. */
  readonly go: string | undefined
  readonly freeBytes: number
  readonly cache: string
  /** Programs that are on PATH, of those that `up` may need. */
  readonly programs: ReadonlySet<string>
  /** Keyrings and other files that `up` may need and that exist. */
  readonly files: ReadonlySet<string>
  /** Text of /proc/filesystems. */
  readonly filesystems: string
}

/** What an `up` still has to make, which decides what it needs. */
export interface Work {
  readonly compile: boolean
  readonly bootstrap: boolean
}

/** Oldest Go that fetches the toolchain a module asks for by itself. */
const OLDEST_GO = [1, 21] as const

/** Bytes on disk. A cold `up` was measured at 5.1 GB, Go's caches included; the rest is for layers of the first runs. */
const DISK = { cold: 8e9, warm: 2e9 }

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" }

/** Programs by Debian package; `when` says for which work. */
const PROGRAMS: readonly { program: string; package: string; when: "always" | "bootstrap" }[] = [
  { program: "nsenter", package: "util-linux", when: "always" },
  { program: "unshare", package: "util-linux", when: "always" },
  { program: "setpriv", package: "util-linux", when: "always" },
  { program: "pivot_root", package: "util-linux", when: "always" },
  { program: "ip", package: "iproute2", when: "always" },
  { program: "iptables", package: "iptables", when: "always" },
  { program: "tar", package: "tar", when: "always" },
  { program: "mmdebstrap", package: "mmdebstrap", when: "bootstrap" },
]

/** The keys with which Debian signs, which other distributions do not have at first. */
export const DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

/** All programs that `HostFacts.programs` is asked about. */
export const WANTED_PROGRAMS: readonly string[] = [...PROGRAMS.map(({ program }) => program), "apt-get", "go", "git"]

/** The Debian packages to install before this work can start, in a stable order. */
export function missingPackages(facts: HostFacts, work: Work): readonly string[] {
  const wanted = PROGRAMS.filter(({ when }) => when === "always" || work.bootstrap)
  const missing = wanted.filter(({ program }) => !facts.programs.has(program)).map((entry) => entry.package)
  if (work.bootstrap && !facts.files.has(DEBIAN_KEYRING)) missing.push("debian-archive-keyring")
  return [...new Set(missing)]
}

/** Everything that stands in the way of `engine up` here, the first obstacle first; empty when nothing does. */
export function preflight(facts: HostFacts, work: Work): readonly Problem[] {
  if (facts.platform !== "linux") {
    return [
      problem(
        "ENGINE_NEEDS_LINUX",
        `engine up works on Linux, and this is ${facts.platform}`,
        "install Docker or Podman: Dagger then starts its engine by itself",
      ),
    ]
  }
  const problems: Problem[] = []
  if (facts.uid !== 0) {
    problems.push(
      problem(
        "ENGINE_NEEDS_ROOT",
        `engine up needs root, and this is user ${facts.uid}`,
        "sudo --preserve-env=XDG_CACHE_HOME ./quillon engine up",
      ),
    )
  }
  if (debianArchitecture(facts.architecture) === undefined) {
    problems.push(
      problem(
        "ENGINE_ARCHITECTURE",
        `the engine is not built for ${facts.architecture}`,
        "use an x64 or arm64 machine",
      ),
    )
  }
  if (!/\boverlay\b/.test(facts.filesystems)) {
    problems.push(problem("ENGINE_NEEDS_OVERLAY", "the kernel has no overlay file system", "modprobe overlay"))
  }
  if (work.compile) problems.push(...goProblems(facts.go))
  const packages = missingPackages(facts, work)
  if (packages.length > 0 && !facts.programs.has("apt-get")) {
    problems.push(
      problem(
        "ENGINE_NEEDS_PROGRAMS",
        `programs are missing and there is no apt-get: ${packages.join(", ")}`,
        `install ${packages.join(", ")}, or use: quillon engine up --from FILE`,
      ),
    )
  }
  const needed = work.compile || work.bootstrap ? DISK.cold : DISK.warm
  if (facts.freeBytes < needed) {
    problems.push(
      problem(
        "ENGINE_DISK_FULL",
        `${facts.cache} has ${gigabytes(facts.freeBytes)} free, ${gigabytes(needed)} are needed`,
        "free some disk, or set XDG_CACHE_HOME to a larger one",
      ),
    )
  }
  return problems
}

/** Debian's and Go's name of an architecture; undefined for those that no engine is made for. */
export function debianArchitecture(architecture: string): string | undefined {
  return ARCHITECTURES[architecture]
}

function goProblems(version: string | undefined): readonly Problem[] {
  const remedy =
    "install Go 1.21 or newer (it fetches the toolchain that the engine asks for), or use: quillon engine up --from FILE"
  if (version === undefined) return [problem("ENGINE_NEEDS_GO", "there is no go on PATH", remedy)]
  const [major = 0, minor = 0] = version.split(".").map(Number)
  if (major > OLDEST_GO[0] || (major === OLDEST_GO[0] && minor >= OLDEST_GO[1])) return []
  return [problem("ENGINE_GO_TOO_OLD", `go is ${version}`, remedy)]
}

function problem(code: string, message: string, next: string): Problem {
  return { code, message, next, kind: "environment" }
}
