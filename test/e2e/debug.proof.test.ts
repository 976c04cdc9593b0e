import { expect, test } from "vitest"
import { throwawayEngine } from "../engine/throwaway.js"
import { smallProject } from "./small-project.js"
import { Terminal } from "./terminal.js"

test("an engine that is gone in the middle of a shell is told in one line, and the terminal is given back", async () => {
  const engine = throwawayEngine()
  try {
    const up = await engine.quillon("up")
    expect(up.code, up.err).toBe(0)
    const env = {
      XDG_CACHE_HOME: engine.env.XDG_CACHE_HOME ?? "",
      _EXPERIMENTAL_DAGGER_RUNNER_HOST: "",
      _EXPERIMENTAL_DAGGER_CLI_BIN: "",
    }
    using terminal = new Terminal(["debug", "test"], { cwd: await smallProject(), env })
    await terminal.sees(/test@3\.13\S* \/work \$ /)
    const { pid } = JSON.parse((await engine.quillon("status", "--format", "json")).out) as { pid: number }
    process.kill(pid, "SIGKILL")
    expect(await terminal.ended()).toEqual({ code: 2, restored: true })
    expect(terminal.shown).toContain("the connection to the container broke: the engine ended")
  } finally {
    await engine.remove()
  }
})
