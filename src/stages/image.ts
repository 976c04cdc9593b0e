import type { Container } from "@dagger.io/dagger"
import { PURE } from "../pipeline/cache-policy.js"
import type { Command } from "../pipeline/command.js"
import type { Stage, StageContext } from "../pipeline/stage.js"
import type { FilePatterns, Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { INSPECT_IMAGE_PY } from "./assets.js"
import { withProgram } from "./container-files.js"
import { generatedImage } from "./generated-image.js"
import { readImage } from "./image-reading.js"
import { RESULTS_PATH } from "./places.js"
import { noFindingFrom } from "./severity-gate.js"

/** What a Dockerfile may copy; `.dockerignore` takes from it. */
const CONTEXT: FilePatterns = { include: ["**"], exclude: [".git", ".quillon"] }

/** Builds the project's Dockerfile, or an image from the wheel, and starts what the setting `image.smoke` names. */
export const image: Stage = {
  name: "image",
  title: "Build image",
  takes: [
    { kind: "requirements", from: "one", when: "passed" },
    { kind: "wheel", from: "one", when: "passed", optional: true },
  ],
  cache: PURE,
  baseline: "never",
  gate: noFindingFrom("error", "defect of the image"),
  skip: (project, settings) =>
    dockerfileOf(project, settings) === undefined && project.kind === "package" && settings.image.smoke === undefined
      ? "there is no Dockerfile, and a library needs no image: image.smoke asks for a generated one"
      : undefined,
  commands(ctx) {
    const dockerfile = dockerfileOf(ctx.project, ctx.settings)
    const built = dockerfile === undefined ? generatedImage(ctx) : builtFrom(ctx, dockerfile)
    const smoke = ctx.settings.image.smoke ?? (dockerfile === undefined ? importing(ctx.project) : undefined)
    return [inspection(ctx, built), ...(smoke === undefined ? [] : [{ name: "smoke", container: built, argv: smoke }])]
  },
  read: readImage,
}

function dockerfileOf(project: Project, { image }: Settings): string | undefined {
  return image.dockerfile ?? project.dockerfile
}

function builtFrom({ sources, settings }: StageContext, dockerfile: string): Container {
  const { target, arguments: given } = settings.image
  const buildArgs = Object.entries(given).map(([name, value]) => ({ name, value }))
  return sources.view(CONTEXT).dockerBuild({ dockerfile, buildArgs, ...(target === undefined ? {} : { target }) })
}

function inspection({ toolchain }: StageContext, built: Container): Command {
  // The engine writes the file for its owner alone.
  const python = toolchain
    .python(toolchain.defaultPython)
    .withMountedFile("/tmp/image.tar", built.asTarball(), { owner: "1000:1000" })
  const { container, path } = withProgram(python, { name: "inspect_image.py", text: INSPECT_IMAGE_PY })
  const report = `${RESULTS_PATH}-image.json`
  return {
    name: "inspect",
    container,
    argv: ["python3", path, "/tmp/image.tar", report],
    reports: [{ name: "image", path: report }],
  }
}

/** A generated image works when what was installed can be imported. */
function importing({ packages }: Project): readonly string[] | undefined {
  return packages.length === 0 ? undefined : ["python", "-c", `import ${packages.map(({ name }) => name).join(", ")}`]
}
