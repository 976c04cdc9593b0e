import { delimiter, join } from "node:path"

/** The variables that make Dagger's CLI and SDKs use an engine of ours. */
export function connectionEnvironment(engine: {
  readonly socket: string
  readonly binaries: string
}): Readonly<Record<string, string>> {
  return {
    _EXPERIMENTAL_DAGGER_RUNNER_HOST: `unix://${engine.socket}`,
    _EXPERIMENTAL_DAGGER_CLI_BIN: join(engine.binaries, "dagger"),
    DO_NOT_TRACK: "1",
    DAGGER_NO_NAG: "1",
  }
}

/** The same as lines for `eval "$(quillon engine env)"`, with the engine's `dagger` first on PATH. */
export function shellExports(engine: { readonly socket: string; readonly binaries: string }): string {
  const lines = Object.entries(connectionEnvironment(engine)).map(([name, value]) => `export ${name}=${quote(value)}`)
  return `${[...lines, `export PATH=${quote(engine.binaries)}${delimiter}"$PATH"`].join("\n")}\n`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
