import type { ToolchainSettings } from "./settings.js"

/** The interpreter image where no setting names another. */
export const PYTHON_IMAGE = "python:{version}-slim"

/** The newest interpreter that stages without a matrix use unless they are told. */
export const NEWEST_DEFAULT_PYTHON = "3.13"

/** Address of the image with the interpreter `X.Y`; a registry of one's own stands in for Docker Hub alone. */
export function pythonImage(settings: ToolchainSettings, version: string): string {
  const image = (settings.images?.python ?? PYTHON_IMAGE).replaceAll("{version}", version)
  const registry = settings.images?.registry?.replace(/\/+$/, "")
  if (registry === undefined) return image
  const path = image.replace(/^docker\.io\//, "")
  const [host = "", ...rest] = path.split("/")
  if (rest.length === 0) return `${registry}/library/${path}`
  return /[.:]|^localhost$/.test(host) ? path : `${registry}/${path}`
}

/**
 * The interpreter that stages without a matrix use: the setting, else the newest that the project supports and that
 * is not newer than ours, else the project's oldest.
 *
 * @param interpreters those of the project, as `X.Y`, ascending.
 */
export function chooseDefaultPython(settings: ToolchainSettings, interpreters: readonly string[]): string {
  if (settings.python.default !== undefined) return settings.python.default
  const usable = interpreters.filter((version) => minorOf(version) <= minorOf(NEWEST_DEFAULT_PYTHON))
  return usable.at(-1) ?? interpreters[0] ?? NEWEST_DEFAULT_PYTHON
}

function minorOf(version: string): number {
  return Number(version.split(".")[1])
}
