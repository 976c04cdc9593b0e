import { cleanText } from "../findings/clean-text.js"

/** Why a build says nothing of the project: what it needs is not there. One line, and what to change. */
export interface BuildTrouble {
  readonly reason: string
  readonly next: string
}

/** What a builder without something says, and what it means. The first that matches is taken. */
const SIGNS: readonly { readonly pattern: RegExp; means(found: RegExpExecArray, said: string): BuildTrouble }[] = [
  {
    // cargo, before uv's own words, which are the same
    pattern: /failed to download from `(https?:[^`]+)`|spurious network error|failed to (?:fetch|update) `?registry/i,
    means: ([, address]) => ({
      reason: `the crates that the build requires could not be fetched${address === undefined ? "" : `: ${address}`}`,
      next: "run again, or name another registry or vendored sources in .cargo/config.toml",
    }),
  },
  {
    // maturin's own installer of Rust, setuptools-rust, and packages that look for cargo themselves
    pattern:
      /(?<![\s\S])(?=[\s\S]*Rust not found, installing into)(?=[\s\S]*^httpx\.\w+: )|can't find Rust compiler|Cargo, the Rust package manager, is not installed/m,
    means: () => ({
      reason: "the build needs Rust, which the image has not",
      next: 'build.apt = ["cargo"], or name an image that has Rust in images.python',
    }),
  },
  {
    pattern: /lock file version `?(\d+)`? (?:was found, but this version of Cargo|requires)/,
    means: ([, version]) => ({
      reason: `the image's cargo is too old for a Cargo.lock of version ${version}`,
      next: "commit a Cargo.lock with version = 3, leave out the interpreters whose image has the old cargo (python.versions), or name an image with a newer one in images.python",
    }),
  },
  {
    pattern: /^error: .*(?:requires|cannot be built because it requires) rustc (\S+) or newer/m,
    means: ([, version]) => ({
      reason: `the image's Rust is too old: the build needs rustc ${version}`,
      next: "leave out the interpreters whose image has the old one (python.versions), or name an image with a newer one in images.python",
    }),
  },
  {
    pattern: /Failed to fetch|Failed to download|error sending request|\(401 Unauthorized\)|\b403 Forbidden\b/,
    means: (_, said) => ({
      reason: `what the build requires could not be fetched: ${buildComplaint(said)}`,
      next: "run again; what could not be looked at is not remembered",
    }),
  },
]

/** Reads what a failed build said; undefined where the project itself is to blame. */
export function buildTrouble(output: string): BuildTrouble | undefined {
  const said = cleanText(output)
  for (const { pattern, means } of SIGNS) {
    const found = pattern.exec(said)
    if (found !== null) return means(found, said)
  }
  return undefined
}

/** What to do about a refusal whose reason is known. */
export function buildRemedy(output: string): string | undefined {
  if (/unable to detect version|no version found|SCM_PRETEND_VERSION/.test(output)) {
    return "the version comes from the git tag: fetch the tags (git fetch --tags), or set version.source"
  }
  if (UNPACKABLE.test(output)) return "rename the file (git mv), or have the backend leave it out"
  const header = /fatal error: (\S+\.h\w*): No such file or directory/.exec(output)?.[1]
  return header === undefined ? undefined : `name the system package that has ${header} in the setting build.apt`
}

/** What build.py adds where a backend can't write a file's name. */
const UNPACKABLE = /^the name of .+ is not UTF-8$/m

/** The line that says why: the compiler's, the backend's exception, else uv's own last cause. */
export function buildComplaint(output: string): string {
  const unpackable = UNPACKABLE.exec(output)?.[0]
  if (unpackable !== undefined) return unpackable
  const lines = cleanText(output)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("hint:"))
  const compiler = lines.find((line) => /^\S+: fatal error: /.test(line))
  const exception = lines.filter((line) => /^[\w.]*(?:Error|Exception|Exit|Warning)\b.*/.test(line)).at(-1)
  return compiler ?? exception ?? lines.at(-1) ?? "no message"
}
