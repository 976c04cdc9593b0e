import type { Container } from "@dagger.io/dagger"
import type { StageContext } from "../pipeline/stage.js"
import { join } from "../project/tree.js"

/** Where wheels that were built elsewhere are mounted. */
export const FINISHED_PATH = "/tmp/finished-wheels"

/** Mounts the wheels that the setting `build.wheels` names: a folder of the project, or a pattern. Git may ignore them. */
export function withFinishedWheels(container: Container, { settings, sources }: StageContext): Container {
  const { wheels } = settings.build
  if (wheels === undefined) return container
  const path = join("", wheels)
  const include = [path.endsWith(".whl") ? path : join(path, "**/*.whl")]
  const files = sources.view({ include, exclude: [], ignored: true })
  return container.withMountedDirectory(FINISHED_PATH, files, { readOnly: true })
}
