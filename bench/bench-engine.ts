import { bringUp, type Throwaway, throwawayEngine } from "../test/engine/throwaway.js"
import { mustRun } from "./clock.js"

/** Starts an engine without any layer or cache, and has it pull the interpreter images and nothing else. */
export async function startEmptyEngine(pythons: readonly string[]): Promise<Throwaway> {
  const engine = throwawayEngine()
  try {
    const connection = await bringUp(engine)
    const { _EXPERIMENTAL_DAGGER_CLI_BIN: dagger = "dagger" } = connection
    const place = { cwd: "/", env: { ...engine.env, ...connection } }
    for (const version of pythons) {
      // A step, because an image alone is not unpacked.
      const step = ["with-exec", "--args=true", "stdout"]
      const from = ["core", "container", "from", `--address=python:${version}-slim`]
      await mustRun([dagger, "--silent", ...from, ...step], place)
    }
    return engine
  } catch (error) {
    await engine.remove()
    throw error
  }
}
