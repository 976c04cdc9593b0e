import type { Container } from "@dagger.io/dagger"
import type { StageContext } from "../pipeline/stage.js"

/** Where a generated image holds an application that is not installed. */
const APP_PATH = "/app"

/** An image from the wheel and its runtime requirements, or from the tree of an application; its user is not root. */
export function generatedImage({ project, sources, toolchain, inputs }: StageContext): Container {
  const python = toolchain.defaultPython
  const requirements = { directory: inputs.one("requirements").directory, path: "runtime.txt" }
  const wheel = inputs.maybe("wheel")
  const path = wheel?.files.find((file) => file.path.endsWith(".whl"))?.path
  const installed =
    wheel === undefined || path === undefined
      ? toolchain
          .environment({ python, requirements })
          .withDirectory(APP_PATH, sources.view({ include: ["**"], exclude: [".git", ".quillon", "tests"] }), {
            owner: "1000:1000",
          })
          .withWorkdir(APP_PATH)
      : toolchain.environment({ python, requirements, wheel: { directory: wheel.directory, path } })
  const labels = {
    "org.opencontainers.image.title": project.name,
    ...(project.version === undefined ? {} : { "org.opencontainers.image.version": project.version }),
  }
  return Object.entries(labels).reduce((left, [name, value]) => left.withLabel(name, value), installed)
}
