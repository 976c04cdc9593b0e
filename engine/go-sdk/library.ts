/** Where the image has Dagger's client library, in the form of a Go proxy (https://go.dev/ref/mod#goproxy-protocol). */
export const LIBRARY = "opt/go-sdk/proxy"

/** GOPROXY of the image for a GOPROXY of the machine: the library from the image itself, everything else as the machine has it. */
export function libraryFirst(proxies: string): string {
  return `file:///${LIBRARY},${proxies}`
}

/** Go's own settings (`go.env`) with the image's library before the proxy that they name. @throws Error when they name none */
export function withLibraryFirst(settings: string): string {
  const changed = settings.replace(/^GOPROXY=(.+)$/m, (_, proxies: string) => `GOPROXY=${libraryFirst(proxies)}`)
  if (changed === settings) throw new Error("Go's go.env names no GOPROXY")
  return changed
}

/** The commit of the library that an engine asks for, from its source `core/sdk/go_sdk.go`. @throws Error when it names none */
export function libraryCommit(source: string): string {
  const commit = /^\s*goSDKLibVersion = "([0-9a-f]{40})"/m.exec(source)?.[1]
  if (commit === undefined) throw new Error("core/sdk/go_sdk.go of Dagger has no goSDKLibVersion")
  return commit
}
