/** The release that is built; `@dagger.io/dagger` of the same number is its client. */
export const DAGGER_VERSION = "v0.21.7"

/** Go's name of the release with which Dagger builds this one and serves Go modules; no `go.mod` that it writes asks for a newer. */
export const GO_VERSION = "go1.26.1"

/** The module that is built. */
export const MODULE = "github.com/dagger/dagger"

/** The programs of an engine: server, client, the init of every container, a CNI plugin and the SDKs' code generator. */
export const COMMANDS = ["engine", "dagger", "init", "dnsname", "codegen"] as const

/** One of the programs of an engine. */
export type Command = (typeof COMMANDS)[number]

function packages(commands: readonly Command[]): readonly string[] {
  return commands.map((command) => `${MODULE}/cmd/${command}`)
}

const TAGS = "dfexcludepatterns,dfparents"

/**
 * Arguments of `go build`. Everything is built without cgo: all commands then share their packages, no C compiler is
 * needed, and the binaries run on any libc.
 */
export function buildArguments(output: string, commands: readonly Command[] = COMMANDS): readonly string[] {
  const version = ["Version", "Tag"].map((name) => `-X ${MODULE}/engine.${name}=${DAGGER_VERSION}`).join(" ")
  return [
    "build",
    "-v",
    "-trimpath",
    "-tags",
    TAGS,
    "-ldflags",
    `-s -w ${version}`,
    "-o",
    output,
    ...packages(commands),
  ]
}

/** Arguments of `go list` that name every package that a build may compile, one a line. */
export function listArguments(commands: readonly Command[]): readonly string[] {
  return ["list", "-deps", "-tags", TAGS, "-f", "{{.ImportPath}}", ...packages(commands)]
}

/** The environment of every Go command: settings of the person's own that would change the result are overridden. */
export const BUILD_ENVIRONMENT: Readonly<Record<string, string>> = {
  CGO_ENABLED: "0",
  GOFLAGS: "-mod=readonly -buildvcs=false",
  GOWORK: "off",
  GO111MODULE: "on",
  GOOS: "linux",
}

/** A build's progress, from the lines of `go build -v` and `go mod download`. */
export interface BuildProgress {
  readonly total: number
  readonly compiled: number
}

/** Counts one line of `go build -v`: a bare import path is a package that was compiled; anything else is not. */
export function countPackage(progress: BuildProgress, line: string): BuildProgress {
  if (!/^[A-Za-z0-9_.~/-]+$/.test(line)) return progress
  return { ...progress, compiled: Math.min(progress.compiled + 1, progress.total) }
}

/** Says where a build stands and how long the rest takes at the pace so far; `elapsed` in milliseconds. */
export function describeBuild(progress: BuildProgress, elapsed: number): string {
  const counted = `${progress.compiled} of ${progress.total} packages`
  if (progress.compiled < 50 || progress.compiled >= progress.total) return counted
  const left = (elapsed / progress.compiled) * (progress.total - progress.compiled)
  return `${counted}, about ${left < 60_000 ? "a minute" : `${Math.ceil(left / 60_000)} minutes`} left`
}
