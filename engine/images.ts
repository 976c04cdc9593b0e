import { existsSync } from "node:fs"
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { QuillonError } from "../src/errors.js"
import { type BootstrapContext, type BootstrapRecipe, bootstrap, bootstrapKey } from "./bootstrap.js"
import { type InterpreterImage, pythonVersion } from "./interpreters.js"
import { type ImageConfig, writeOciLayout } from "./oci.js"
import type { Run } from "./process.js"
import { contentKey } from "./recipe.js"

/** An image in the cache. */
export interface BuiltImage {
  readonly python: string
  /** Full version of the interpreter, e.g. `3.11.2`. */
  readonly version: string
  readonly suite: string
  readonly digest: string
  /** The OCI layout. */
  readonly folder: string
}

/** What the making of images shares. */
export interface ImageContext extends BootstrapContext {
  readonly images: string
  readonly architecture: string
}

/** Where an image lies in the cache. */
export function imageFolder(
  images: string,
  spec: { readonly image: InterpreterImage; readonly recipe: BootstrapRecipe; readonly architecture: string },
): string {
  const key = contentKey(["image-1", bootstrapKey(spec.recipe), spec.architecture])
  return join(images, `python-${spec.image.python}-${key}`)
}

/** Bootstraps an interpreter image unless the cache has it. */
export async function buildImage(
  image: InterpreterImage,
  recipe: BootstrapRecipe,
  context: ImageContext,
): Promise<BuiltImage> {
  const folder = imageFolder(context.images, { image, recipe, architecture: context.architecture })
  const record = join(folder, "quillon.json")
  if (existsSync(record)) return { ...(JSON.parse(await readFile(record, "utf8")) as BuiltImage), folder }

  const tar = await bootstrap(recipe, context)
  const version = pythonVersion(await readStatus(tar, context.run), image.python)
  if (version === undefined) throw otherPython(image)
  context.onStep?.("packing the image")
  const half = join(context.scratch, basename(folder))
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true })
  const digest = await writeOciLayout(half, tar, imageConfig({ ...image, version, architecture: context.architecture }))
  const built = { python: image.python, version, suite: image.suite, digest }
  await writeFile(join(half, "quillon.json"), JSON.stringify(built))
  await mkdir(context.images, { recursive: true })
  await rename(half, folder)
  // The layout has all of it; the tar would only take disk.
  await rm(tar, { force: true })
  return { ...built, folder }
}

function otherPython({ python, suite }: InterpreterImage): QuillonError {
  return new QuillonError({
    code: "ENGINE_OTHER_PYTHON",
    message: `Debian ${suite} of this mirror has no Python ${python}`,
    next: "use a mirror that is up to date in /etc/apt/sources.list, then: quillon engine up",
    kind: "environment",
  })
}

/** What Docker's images set, and labels that say what this one is. */
export function imageConfig(image: {
  readonly python: string
  readonly version: string
  readonly suite: string
  readonly architecture: string
}): ImageConfig {
  return {
    architecture: image.architecture,
    created: "2023-11-14T22:13:20Z",
    env: [
      "PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
      "LANG=C.UTF-8",
      `PYTHON_VERSION=${image.version}`,
    ],
    command: ["python3"],
    labels: {
      "org.opencontainers.image.title": `python:${image.python}-slim`,
      "org.opencontainers.image.description": `Python ${image.version} of Debian ${image.suite}, in the shape of Docker's image`,
      "org.opencontainers.image.version": image.version,
      "org.opencontainers.image.base.name": `debian:${image.suite}`,
      "quillon.origin": `debian ${image.suite}`,
    },
  }
}

async function readStatus(tar: string, run: Run): Promise<string> {
  const result = await run(["tar", "--extract", "--to-stdout", `--file=${tar}`, "./var/lib/dpkg/status"])
  return result.stdout
}
