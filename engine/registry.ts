import { existsSync } from "node:fs"
import { readFile, rename, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { QuillonError } from "../src/errors.js"
import { REGISTRY_ADDRESS } from "./config.js"
import type { Run } from "./process.js"

/** An image under one name of the local registry. */
export interface ServedImage {
  /** As a pipeline names it, e.g. `python:3.11-slim`. */
  readonly name: string
  readonly digest: string
  /** Where it comes from, e.g. `debian bookworm, python 3.11.2`. */
  readonly origin: string
}

/** An image to be served and the OCI layout that has it. */
export interface ImageToServe extends ServedImage {
  readonly folder: string
}

/** How the registry is reached. */
export interface RegistryContext {
  /** The registry's storage folder; what was pushed is noted in it. */
  readonly registry: string
  /** Host process id of the engine's first process; its namespaces are where the registry listens. */
  readonly pid: number
  readonly run: Run
  readonly say: (text: string) => void
}

/** Pushes the images that the registry does not have yet, and notes what it serves. */
export async function serveImages(
  images: readonly ImageToServe[],
  context: RegistryContext,
): Promise<readonly ServedImage[]> {
  const missing = missingImages(images, await servedImages(context.registry))
  if (missing.length > 0) await waitForRegistry(context)
  for (const image of missing) {
    context.say(image.name)
    const source = `oci:/quillon/images/${basename(image.folder)}`
    const target = `docker://${REGISTRY_ADDRESS}/library/${image.name}`
    await inside(context, ["skopeo", "copy", "--quiet", "--insecure-policy", "--dest-tls-verify=false", source, target])
  }
  const served = images.map(({ name, digest, origin }) => ({ name, digest, origin }))
  const file = join(context.registry, "served.json")
  await writeFile(`${file}.half`, JSON.stringify(served, null, 2))
  await rename(`${file}.half`, file)
  return served
}

/** The images of which the registry does not have this very digest under this name. */
export function missingImages(
  images: readonly ImageToServe[],
  served: readonly ServedImage[],
): readonly ImageToServe[] {
  return images.filter((image) => !served.some(({ name, digest }) => name === image.name && digest === image.digest))
}

/** What the registry serves, from its own note; empty before the first `up`. */
export async function servedImages(registry: string): Promise<readonly ServedImage[]> {
  const file = join(registry, "served.json")
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as readonly ServedImage[]) : []
}

async function waitForRegistry(context: RegistryContext): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const probe = await inside(
      context,
      ["skopeo", "list-tags", "--tls-verify=false", `docker://${REGISTRY_ADDRESS}/library/none`],
      "result",
    )
    if (!/connection refused|dial tcp/.test(probe.stderr)) return
    await pause(100)
  }
  throw new QuillonError({
    code: "ENGINE_REGISTRY_DOWN",
    message: `the registry of the engine does not answer on ${REGISTRY_ADDRESS}`,
    next: "quillon engine logs",
    kind: "environment",
  })
}

function inside(
  context: RegistryContext,
  command: readonly [string, ...string[]],
  onFailure: "throw" | "result" = "throw",
) {
  const enter = ["nsenter", `--target=${context.pid}`, "--mount", "--net", "--pid", "--"] as const
  return context.run([...enter, ...command], {
    onFailure,
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root" },
  })
}
