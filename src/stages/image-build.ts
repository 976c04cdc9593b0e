import type { Container } from "@dagger.io/dagger"
import type { StageContext } from "../pipeline/stage.js"
import type { FilePatterns, Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { generatedImage } from "./generated-image.js"

/** The image of a project, lazily: from its Dockerfile, or a generated one where it has none. */
export function buildImage(ctx: StageContext): Container {
  const dockerfile = dockerfileOf(ctx.project, ctx.settings)
  return dockerfile === undefined ? generatedImage(ctx) : fromDockerfile(ctx, dockerfile)
}

/** The Dockerfile that an image is built from: the setting, else the project's own. */
export function dockerfileOf(project: Project, { image }: Settings): string | undefined {
  return image.dockerfile ?? project.dockerfile
}

/** True where the project shows that it ships an image: a Dockerfile, or what only a generated image needs. */
export function shipsImage(project: Project, settings: Settings): boolean {
  const { smoke, command, healthcheck } = settings.image
  return [dockerfileOf(project, settings), smoke, command, healthcheck].some((sign) => sign !== undefined)
}

function fromDockerfile({ sources, settings, project, buildSecret }: StageContext, dockerfile: string): Container {
  const { target, arguments: given, buildSecrets } = settings.image
  return sources.view(contextOf(project, dockerfile)).dockerBuild({
    dockerfile,
    buildArgs: Object.entries(given).map(([name, value]) => ({ name, value })),
    secrets: buildSecrets.map((name) => buildSecret(name)),
    ...(target === undefined ? {} : { target }),
  })
}

/** What a Dockerfile may copy. What `.dockerignore` names is left out here too, so that an edit of it builds nothing. */
function contextOf({ dockerignore = [] }: Project, dockerfile: string): FilePatterns {
  return { include: ["**"], exclude: [".git", ".quillon", ...dockerignore, `!${dockerfile}`, "!.dockerignore"] }
}
