import type { ToolchainSettings } from "./settings.js"

/** The interpreter image where no setting names another. */
export const PYTHON_IMAGE = "python:{version}-slim"

/** The newest interpreter that stages without a matrix use unless they are told. */
export const NEWEST_DEFAULT_PYTHON = "3.13"

/** Address of the image with the interpreter `X.Y`, with its digest where the settings pin it. */
export function pythonImage(settings: ToolchainSettings, version: string): string {
  const pin = settings.images?.pins?.[version]
  const address = addressOf(settings, version)
  return pin === undefined ? address : `${address}@${pin}`
}

/** A registry of one's own stands in for Docker Hub alone. */
function addressOf(settings: ToolchainSettings, version: string): string {
  const image = (settings.images?.python ?? PYTHON_IMAGE).replaceAll("{version}", version)
  const registry = settings.images?.registry?.replace(/\/+$/, "")
  if (registry === undefined) return image
  const path = image.replace(/^docker\.io\//, "")
  const [host = "", ...rest] = path.split("/")
  if (rest.length === 0) return `${registry}/library/${path}`
  return /[.:]|^localhost$/.test(host) ? path : `${registry}/${path}`
}

/**
 * Interpreters on which stages without a matrix may run, best first: the setting alone, else the project's from the
 * newest that is not newer than ours down, then the newer ones up.
 *
 * @param interpreters those of the project, as `X.Y`, ascending.
 */
export function preferredPythons(
  settings: Pick<ToolchainSettings, "python">,
  interpreters: readonly string[],
): readonly string[] {
  if (settings.python.default !== undefined) return [settings.python.default]
  if (interpreters.length === 0) return [NEWEST_DEFAULT_PYTHON]
  const isNewer = (version: string) => minorOf(version) > minorOf(NEWEST_DEFAULT_PYTHON)
  return [...interpreters.filter((version) => !isNewer(version)).reverse(), ...interpreters.filter(isNewer)]
}

/** The best of them, where nobody has looked which images there are. */
export function chooseDefaultPython(settings: ToolchainSettings, interpreters: readonly string[]): string {
  return preferredPythons(settings, interpreters)[0] ?? NEWEST_DEFAULT_PYTHON
}

function minorOf(version: string): number {
  return Number(version.split(".")[1])
}
