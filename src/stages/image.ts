import type { Container, File } from "@dagger.io/dagger"
import { PURE } from "../pipeline/cache-policy.js"
import type { Cell } from "../pipeline/cell.js"
import type { Command } from "../pipeline/command.js"
import type { Stage, StageContext } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import { runtimeArgv } from "../toolchain/supervisor-argv.js"
import { INSPECT_IMAGE_PY, START_IMAGE_PY } from "./assets.js"
import { withProgram } from "./container-files.js"
import { imageLabels } from "./generated-image.js"
import { buildImage, dockerfileOf, shipsImage } from "./image-build.js"
import { imageGate } from "./image-gate.js"
import { readImage } from "./image-reading.js"
import { blameDockerfile } from "./image-trouble.js"
import { PROGRAMS_PATH, RESULTS_PATH } from "./places.js"
import { cellOnDefault } from "./python-cells.js"

/** Where the description of an image is written while it is looked at. */
const DESCRIPTION = `${RESULTS_PATH}-image/image.json`

/** Where the container of the command `inspect` has the image, as a tarball in OCI's layout. */
export const IMAGE_TARBALL = "/tmp/image.tar"

/** Builds the project's Dockerfile, or an image from the wheel, and starts it. */
export const image: Stage = {
  name: "image",
  title: "Build image",
  gives: ["image"],
  takes: [
    { kind: "requirements", from: "one", when: "passed" },
    { kind: "wheel", from: "one", when: "passed", optional: true },
  ],
  cells: cellOnDefault,
  cache: PURE,
  baseline: "never",
  // What shows that a project ships an image is a reason to look at it in every run.
  onDemand: (project, settings) => !shipsImage(project, settings),
  gate: imageGate,
  skip: (project, settings) =>
    project.kind === "package" && !shipsImage(project, settings)
      ? "there is no Dockerfile, and a library needs no image: image.command or image.smoke asks for a generated one"
      : undefined,
  commands(given, cell) {
    const ctx = onPython(given, cell)
    const built = buildImage(ctx)
    const labelled = dockerfileOf(ctx.project, ctx.settings) === undefined ? withLabels(built, ctx) : built
    return [inspection(ctx, labelled), trial(ctx, built)]
  },
  read: readImage,
  blame: blameDockerfile,
}

/** On the Python of the cell, for which the requirements were resolved. */
function onPython(ctx: StageContext, { python }: Cell): StageContext {
  return python === undefined ? ctx : { ...ctx, toolchain: { ...ctx.toolchain, defaultPython: python } }
}

/** Labels come last and on what is described alone: a commit that changes nothing else starts nothing again. */
function withLabels(built: Container, { project, commit }: StageContext): Container {
  return Object.entries(imageLabels(project, commit)).reduce(
    (left, [name, value]) => left.withLabel(name, value),
    built,
  )
}

function inspection(ctx: StageContext, built: Container): Command {
  const { container, argv } = inspector(ctx, built)
  // An image is large: it leaves the engine only where somebody asks for it.
  const keeps = ctx.settings.image.keep ? { keeps: [{ kind: "image", path: IMAGE_TARBALL }] } : {}
  return { name: "inspect", container, argv, reports: [{ name: "image", path: DESCRIPTION }], ...keeps }
}

function inspector({ toolchain }: StageContext, built: Container) {
  // The engine writes the file for its owner alone.
  const python = toolchain
    .python(toolchain.defaultPython)
    .withMountedFile(IMAGE_TARBALL, built.asTarball(), { owner: "1000:1000" })
  const { container, path } = withProgram(python, { name: "inspect_image.py", text: INSPECT_IMAGE_PY })
  return { container, argv: ["python3", path, IMAGE_TARBALL, DESCRIPTION] }
}

/** What shows that the image works: the setting's command, for a generated library image an import, else its own start. */
function trial(ctx: StageContext, built: Container): Command {
  const { smoke, command, healthcheck, start } = ctx.settings.image
  const generated = dockerfileOf(ctx.project, ctx.settings) === undefined
  const imports = generated && command === undefined && healthcheck === undefined ? importing(ctx.project) : undefined
  const argv = smoke ?? imports
  if (argv !== undefined) return { name: "smoke", container: built, argv }
  const described = built.withMountedFile(`${PROGRAMS_PATH}/image.json`, description(ctx, built))
  const { container, path } = withProgram(described, { name: "start_image.py", text: START_IMAGE_PY })
  const report = `${RESULTS_PATH}-start/start.json`
  return {
    name: "start",
    container,
    argv: runtimeArgv([path, `${PROGRAMS_PATH}/image.json`, report, String(start)]),
    reports: [{ name: "start", path: report }],
  }
}

/** What the image says of itself, as a file for the container in which it is started. */
function description(ctx: StageContext, built: Container): File {
  const { container, argv } = inspector(ctx, built)
  return container.withExec(argv).file(DESCRIPTION)
}

/** A generated image works when what was installed can be imported. */
function importing({ packages }: Project): readonly string[] | undefined {
  return packages.length === 0 ? undefined : ["python", "-c", `import ${packages.map(({ name }) => name).join(", ")}`]
}
