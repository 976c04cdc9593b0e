import { join } from "node:path"
import { connectionEnvironment } from "../engine/connection.js"
import { engineStatus } from "../engine/status.js"
import { type Throwaway, throwawayEngine } from "../test/engine/throwaway.js"
import { mustRun } from "./clock.js"

/** Starts an engine without any layer or cache, and has it pull the interpreter images and nothing else. */
export async function startEmptyEngine(pythons: readonly string[]): Promise<Throwaway> {
  const engine = throwawayEngine()
  try {
    const { code, err } = await engine.quillon("up")
    if (code !== 0) throw new Error(`engine up ended with ${code}:\n${err.slice(-2000)}`)
    const { socket, binaries } = await engineStatus(engine.paths)
    if (binaries === undefined) throw new Error(`the engine at ${socket} tells no folder of binaries`)
    const place = { cwd: "/", env: { ...engine.env, ...connectionEnvironment({ socket, binaries }) } }
    for (const version of pythons) {
      // A step, because an image alone is not unpacked.
      const step = ["with-exec", "--args=true", "stdout"]
      const from = ["core", "container", "from", `--address=python:${version}-slim`]
      await mustRun([join(binaries, "dagger"), "--silent", ...from, ...step], place)
    }
    return engine
  } catch (error) {
    await engine.remove()
    throw error
  }
}
