import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { chmod, cp, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { QuillonError } from "../src/errors.js"
import { engineConfiguration, engineEnvironment, registryConfiguration, workerConfiguration } from "./config.js"
import { discardsState } from "./discarded-state.js"
import { copyHostFiles } from "./host-files.js"
import type { EnginePaths } from "./paths.js"
import { answers } from "./socket.js"

/** What runs inside the engine's namespaces, in this order. */
export const GUEST_SCRIPTS = ["launch.sh", "start.sh"] as const

/** What an engine is launched with. */
export interface LaunchRequest {
  readonly paths: EnginePaths
  readonly rootfs: string
  /** Folder whose `blobs/sha256` is the engine's built-in content. */
  readonly content: string
  readonly contentVariables: readonly { readonly variable: string; readonly manifestDigest: string }[]
  /** The folder with `launch.sh` and `start.sh`. */
  readonly guest: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}

/** How long a healthy engine may take until it answers, in milliseconds. */
const READY_WITHIN = 90_000

/**
 * Starts registry and engine in their namespaces (the network must be up) and waits until the engine answers, or until it
 * says that it is `discarding` what a killed engine left, which nobody should wait for.
 *
 * @throws QuillonError when it ends, or does neither in time.
 */
export async function launch(request: LaunchRequest): Promise<"ready" | "discarding"> {
  const { paths } = request
  const config = await prepare(request)
  await rm(paths.socket, { force: true })
  const log = await open(join(paths.logs, "engine.log"), "a")
  const unshare = ["unshare", "--mount", "--pid", "--uts", "--ipc", "--fork", "--kill-child=KILL", "--"]
  const child = spawn("nsenter", [`--net=${paths.netns}`, "--", ...unshare, "sh", join(config, "launch.sh")], {
    cwd: "/",
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
    env: {
      ...engineEnvironment(request.env, request.contentVariables),
      QUILLON_NAME: paths.name,
      QUILLON_ROOTFS: request.rootfs,
      QUILLON_RUN: paths.run,
      QUILLON_TMP: join(paths.state, "tmp"),
      QUILLON_STATE: join(paths.state, "dagger"),
      QUILLON_IMAGES: paths.images,
      QUILLON_REGISTRY: paths.registry,
      QUILLON_CONFIG: config,
      QUILLON_LOGS: paths.logs,
      QUILLON_CONTENT: request.content,
    },
  })
  await log.close()
  let ended: string | undefined
  child.once("exit", (code, signal) => {
    ended = signal ?? `code ${code}`
  })
  child.once("error", (error) => {
    ended = error.message
  })
  child.unref()
  const outcome = await waitUntilReady(request, () => ended)
  if (outcome === "ready") await chmod(paths.socket, 0o600)
  return outcome
}

async function waitUntilReady(
  request: LaunchRequest,
  ended: () => string | undefined,
): Promise<"ready" | "discarding"> {
  const log = join(request.paths.logs, "engine.log")
  for (const deadline = Date.now() + READY_WITHIN; Date.now() < deadline; await pause(50)) {
    request.signal?.throwIfAborted()
    if (await answers(request.paths.socket)) return "ready"
    if (discardsState(await readText(log))) return "discarding"
    const reason = ended()
    if (reason !== undefined) throw await failure(`the engine ended (${reason}) before it answered`, log)
  }
  throw await failure(`the engine did not answer within ${READY_WITHIN / 1000} s`, log)
}

async function failure(what: string, log: string): Promise<QuillonError> {
  const lines = (await readText(log)).trim().split("\n")
  return new QuillonError({
    code: "ENGINE_DID_NOT_START",
    message: `${what}: ${lines.at(-1) ?? ""}`,
    next: `read ${log}, then: quillon engine up`,
    kind: "environment",
  })
}

function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "")
}

/** Writes what the guest scripts read; gives the folder. */
async function prepare(request: LaunchRequest): Promise<string> {
  const { paths } = request
  const config = join(paths.cache, "config")
  await rm(join(paths.state, "tmp"), { recursive: true, force: true })
  for (const folder of [
    join(paths.state, "tmp"),
    join(paths.state, "dagger"),
    paths.images,
    paths.registry,
    paths.logs,
    config,
  ]) {
    await mkdir(folder, { recursive: true })
  }
  await chmod(join(paths.state, "tmp"), 0o1777)
  await mkdir(paths.run, { recursive: true, mode: 0o700 })
  await chmod(paths.run, 0o700)
  await copyHostFiles(config)
  await writeFile(join(config, "engine.json"), engineConfiguration())
  await writeFile(join(config, "engine.toml"), workerConfiguration(paths.name))
  await writeFile(join(config, "registry.yml"), registryConfiguration())
  for (const script of GUEST_SCRIPTS) await cp(join(request.guest, script), join(config, script))
  for (const name of ["engine.log", "registry.log"]) {
    const log = join(paths.logs, name)
    if (existsSync(log)) await rename(log, `${log}.1`)
  }
  return config
}
