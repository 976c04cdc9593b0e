import type { EngineStatus } from "../engine/status.js"
import type { UpResult } from "../engine/up.js"
import { createStyle, pad } from "./style.js"

/** What `engine up` says at its end. */
export function renderUp(result: UpResult, look: { readonly colour: boolean }): string {
  const style = createStyle(look)
  const verb = result.kind === "started" ? "runs" : "runs already"
  return `${style.good("✓")} Dagger ${result.record.version} ${verb}, with ${imageNames(result.images)}\n  ${style.quiet('for dagger and its SDKs: eval "$(./quillon engine env)"')}\n`
}

/** `engine status` for people. */
export function renderStatus(status: EngineStatus, look: { readonly colour: boolean }): string {
  const style = createStyle(look)
  const state = {
    running: style.good("running"),
    stopped: style.quiet("stopped"),
    broken: style.bad("does not answer"),
  }[status.state]
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["engine", status.version === undefined ? state : `${state}, Dagger ${status.version}`],
    ["since", status.state === "running" ? status.started : undefined],
    ["process", status.pid?.toString()],
    ["socket", status.state === "running" ? status.socket : undefined],
    ["cache", status.cache],
    ["next", status.state === "running" ? undefined : "quillon engine up"],
  ]
  const lines = rows.flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [`${style.quiet(pad(name, 8))} ${value}`],
  )
  const images = status.images.map(
    ({ name, digest, origin }) => `${style.quiet(pad("image", 8))} ${pad(name, 26)} ${digest.slice(7, 19)}  ${origin}`,
  )
  return `${[...lines, ...images].join("\n")}\n`
}

function imageNames(images: UpResult["images"]): string {
  const names = images.map(({ name }) => name).filter((name) => /:\d+\.\d+-slim$/.test(name))
  return names.join(", ")
}
