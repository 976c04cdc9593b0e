import type { Container } from "@dagger.io/dagger"
import type { StageContext } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import { VENV_PATH } from "../toolchain/paths.js"

/** Where a generated image holds an application that is not installed. */
const APP_PATH = "/app"

/** What an application does not need where it runs; its own `.dockerignore` stands in for this list. */
const NOT_SHIPPED: readonly string[] = [
  ...[".git*", ".quillon", ".dockerignore", "Dockerfile*", "Containerfile*", ".env*", "*.md", "docs"],
  ...["tests", "test", "**/test_*.py", "**/conftest.py", "noxfile.py", "tox.ini", ".pre-commit-config.yaml"],
]

/**
 * An image that holds what the wheel and its runtime requirements install, or an application's tree: built in one
 * container, copied into another that never saw the installer, whose user is not root and may not change what runs.
 */
export function generatedImage(ctx: StageContext): Container {
  const { project, settings, toolchain } = ctx
  const { command = project.command, healthcheck } = settings.image
  const base = toolchain
    .runtime(toolchain.defaultPython)
    .withDirectory(VENV_PATH, installed(ctx).directory(VENV_PATH), { owner: "0:0" })
    .withEnvVariable("VIRTUAL_ENV", VENV_PATH)
    .withEnvVariable("PATH", `${VENV_PATH}/bin:\${PATH}`, { expand: true })
    .withEnvVariable("PYTHONUNBUFFERED", "1")
    .withEnvVariable("PYTHONDONTWRITEBYTECODE", "1")
  const filled = ctx.inputs.maybe("wheel") === undefined ? withTree(base, ctx) : base
  const started = command === undefined ? filled : filled.withDefaultArgs([...command])
  return healthcheck === undefined ? started : started.withDockerHealthcheck([...healthcheck])
}

/** The labels that the OCI names for an image; `revision` only of a tree that is what the commit says. */
export function imageLabels(
  project: Pick<Project, "name" | "version" | "repository">,
  commit?: { readonly id: string; readonly time?: string },
): Readonly<Record<string, string>> {
  const known = {
    title: project.name,
    version: project.version,
    source: project.repository,
    revision: commit?.id,
    created: commit?.time,
  }
  return Object.fromEntries(
    Object.entries(known).flatMap(([key, value]) =>
      value === undefined ? [] : [[`org.opencontainers.image.${key}`, value]],
    ),
  )
}

function installed({ toolchain, inputs }: StageContext): Container {
  const python = toolchain.defaultPython
  const requirements = { directory: inputs.one("requirements").directory, path: "runtime.txt" }
  const wheel = inputs.maybe("wheel")
  const path = wheel?.files.find((file) => file.path.endsWith(".whl"))?.path
  if (wheel === undefined || path === undefined) return toolchain.environment({ python, requirements })
  return toolchain.environment({ python, requirements, wheel: { directory: wheel.directory, path } })
}

function withTree(base: Container, { project, sources }: StageContext): Container {
  const exclude = [".git", ".quillon", ...(project.dockerignore ?? NOT_SHIPPED)]
  return base
    .withDirectory(APP_PATH, sources.view({ include: ["**"], exclude }), { owner: "0:0" })
    .withWorkdir(APP_PATH)
}
