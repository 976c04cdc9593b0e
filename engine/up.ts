import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { QuillonError } from "../src/errors.js"
import { hasBinaries } from "./build.js"
import { mergeContent } from "./build-content.js"
import { readBundle } from "./bundle.js"
import { engineConfiguration } from "./config.js"
import { CONTENT_RECIPES, chooseContent, contentVariables, madeSdks } from "./contents.js"
import { readDebianSource } from "./debian-host.js"
import { removeDiscarded, setStateAside } from "./discarded-state.js"
import { DAGGER_VERSION } from "./go-build.js"
import { gatherHostFacts } from "./host-facts.js"
import type { BuiltImage } from "./images.js"
import { INTERPRETERS, interpreterTags } from "./interpreters.js"
import { GUEST_SCRIPTS, launch } from "./launch.js"
import { takeLock } from "./lock.js"
import { type Made, makeAll } from "./make.js"
import { networkUp } from "./network-host.js"
import { debianArchitecture, missingPackages, preflight } from "./preflight.js"
import { engineProcesses } from "./processes.js"
import { contentKey } from "./recipe.js"
import { missingWork, type Recipes, readRecipes } from "./recipes.js"
import { type EngineRecord, readRecord, writeRecord } from "./record.js"
import { type ImageToServe, missingImages, type ServedImage, servedImages, serveImages } from "./registry.js"
import { removeTree } from "./remove-tree.js"
import type { Session } from "./session.js"
import { answers } from "./socket.js"
import { teardown } from "./teardown.js"

/** What `up` leaves running. */
export interface UpResult {
  /** `already` when nothing had to be done. */
  readonly kind: "started" | "already"
  readonly record: EngineRecord
  readonly images: readonly ServedImage[]
}

/** How an engine is brought up. */
export interface UpOptions {
  /** A bundle that another machine made. */
  readonly from?: string
  /** `anew` makes everything again, whatever the cache has. */
  readonly make?: "missing" | "anew"
  /** SDKs beside those that every engine has; whoever asked once need not ask again. */
  readonly sdks?: readonly string[]
}

/** Makes what is missing, starts engine and registry, and waits until both serve; does nothing where that is so already. */
export async function up(session: Session, options: UpOptions = {}): Promise<UpResult> {
  const { paths, progress, signal } = session
  const lock = await takeLock({
    instance: paths.instance,
    holder: { pid: process.pid, doing: "quillon engine up" },
    onWait: ({ pid, doing }) => progress.note(`waiting for ${doing} (process ${pid})`),
    signal,
  })
  try {
    await removeTree(paths.scratch, session.run)
    for (const folder of [paths.cache, paths.scratch]) await mkdir(folder, { recursive: true, mode: 0o700 })
    const madeBefore = await madeSdks(paths.content)
    if (options.make === "anew") await forgetMade(session)
    return await bringUp(session, { ...options, madeBefore })
  } finally {
    await lock.release()
  }
}

async function bringUp(
  session: Session,
  options: UpOptions & { readonly madeBefore: readonly string[] },
): Promise<UpResult> {
  const { paths } = session
  const facts = await gatherHostFacts(paths.cache, session.env)
  const all = await readRecipes({
    assets: session.assets,
    paths,
    architecture: debianArchitecture(facts.architecture) ?? facts.architecture,
    content: CONTENT_RECIPES,
  })
  if (options.from !== undefined) await unpackBundle(options.from, all, session)
  // What was asked for with an earlier version is made anew, but stands in nobody's way where that can't be.
  const sdks = [...(options.sdks ?? []), ...(facts.go === undefined ? [] : options.madeBefore)]
  const recipes = { ...all, content: chooseContent(all.content, sdks) }
  const work = missingWork(recipes)
  const obstacle = preflight(facts, work)[0]
  if (obstacle !== undefined) throw new QuillonError(obstacle)
  await installPackages(missingPackages(facts, work), session)

  const made = await makeAll({ session, recipes, source: await readDebianSource(session.run) })
  const record = await ensureRunning(made, session)
  const images = await serve(imagesToServe(made.images), session)
  return { ...record, images }
}

/** Sees to it that the registry has all images; the usual case, that it has them, is not worth a line. */
async function serve(images: readonly ImageToServe[], session: Session): Promise<readonly ServedImage[]> {
  const { paths, progress, run } = session
  const push = (say: (text: string) => void) =>
    serveImages(images, { registry: paths.registry, pid: enginePid(session), run, say })
  if (missingImages(images, await servedImages(paths.registry)).length === 0) return push(() => {})
  return progress.task("images into the registry", ({ say }) => push(say))
}

/** Takes what another machine made; what this version needs and the bundle lacks is then made here, or said to be missing. */
async function unpackBundle(file: string, recipes: Recipes, session: Session): Promise<void> {
  const { paths, run, progress } = session
  await progress.task(`bundle ${file}`, ({ say }) =>
    readBundle(file, recipes.architecture, { cache: paths.cache, scratch: paths.scratch, run, say }),
  )
  if (hasBinaries(recipes.binaries)) return
  throw new QuillonError({
    code: "ENGINE_BUNDLE_UNUSABLE",
    message: `${file} can't be used: another version of Quillon made it, and its engine is not the one of this version`,
    next: "make it again with this version: quillon engine bundle -o FILE",
    kind: "environment",
  })
}

/** Drops what was made; the engine's state, with its layers and cache volumes, stays. */
async function forgetMade({ paths, run }: Session): Promise<void> {
  await teardown(paths, run)
  for (const folder of [paths.builds, paths.bases, paths.rootfs, paths.images, paths.content]) {
    await removeTree(folder, run)
  }
}

async function ensureRunning(made: Made, session: Session): Promise<Pick<UpResult, "kind" | "record">> {
  const { paths, progress, run } = session
  const key = contentKey([
    made.rootfs,
    ...made.content.map(({ manifestDigest }) => manifestDigest),
    ...(await Promise.all(GUEST_SCRIPTS.map((script) => readFile(join(session.assets, "guest", script), "utf8")))),
    engineConfiguration(),
  ])
  const before = await readRecord(paths.record)
  if (before?.key === key && (await answers(paths.socket))) return { kind: "already", record: before }
  return progress.task("start", async ({ say }) => {
    say("clearing what an earlier engine left")
    await teardown(paths, run)
    say("network")
    await networkUp(paths, run)
    say("waiting for the engine")
    const content = await mergeContent(made.content, paths.content)
    const guest = join(session.assets, "guest")
    const request = {
      paths,
      rootfs: made.rootfs,
      content,
      contentVariables: contentVariables(made.content),
      guest,
      env: session.env,
      signal: session.signal,
    }
    if ((await launch(request)) === "discarding") {
      progress.note("the engine was killed last time and trusts none of its layers: they are moved aside and deleted")
      await teardown(paths, run, { patience: 0 })
      await setStateAside(paths)
      await networkUp(paths, run)
      await launch(request)
    }
    await removeDiscarded(paths)
    const record = {
      version: DAGGER_VERSION,
      key,
      binaries: made.binaries,
      rootfs: made.rootfs,
      started: new Date().toISOString(),
    }
    await writeRecord(paths.record, record)
    return { kind: "started", record }
  })
}

async function installPackages(packages: readonly string[], session: Session): Promise<void> {
  if (packages.length === 0) return
  const install = ["apt-get", "install", "--yes", "--no-install-recommends", ...packages] as const
  await session.progress.task(`host packages: ${packages.join(" ")}`, async ({ say }) => {
    const options = { env: { DEBIAN_FRONTEND: "noninteractive" } }
    const first = await session.run([...install], { ...options, onFailure: "result" })
    if (first.exitCode === 0) return
    say("apt-get update")
    await session.run(["apt-get", "update"], options)
    await session.run([...install], options)
  })
}

function imagesToServe(images: readonly BuiltImage[]): readonly ImageToServe[] {
  const served = INTERPRETERS.filter(({ python }) => images.some((image) => image.python === python))
  return images.flatMap((image) => {
    const interpreter = served.find(({ python }) => python === image.python)
    const tags = interpreter === undefined ? [] : interpreterTags(interpreter, served)
    const origin = `debian ${image.suite}, python ${image.version}`
    return tags.map((tag) => ({ name: `python:${tag}`, digest: image.digest, origin, folder: image.folder }))
  })
}

function enginePid(session: Session): number {
  const first = engineProcesses(session.paths.netns).find((process) => process.first)
  if (first !== undefined) return first.pid
  throw new QuillonError({
    code: "ENGINE_GONE",
    message: "the engine ended while it was started",
    next: "quillon engine logs",
    kind: "environment",
  })
}
