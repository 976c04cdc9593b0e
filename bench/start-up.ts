import { join } from "node:path"
import { timeProcess } from "./clock.js"
import type { StartUp } from "./measure.js"

/** What {@link measureStartUp} measures. */
export interface StartUpPlan {
  readonly root: string
  readonly rounds: number
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Seconds of the shortest commands, in turns, so that whatever else the machine does falls on all. */
export async function measureStartUp({ root, rounds, env }: StartUpPlan): Promise<StartUp> {
  const bundle = join(root, "dist/quillon.js")
  const commands = {
    node: [process.execPath, "-e", "0"],
    launcher: [join(root, "quillon"), "--version"],
    bundle: [process.execPath, bundle, "--version"],
    engineStatus: [process.execPath, bundle, "engine", "status"],
    engineUpAgain: [process.execPath, bundle, "engine", "up"],
  }
  const times: Record<keyof typeof commands, number[]> = {
    node: [],
    launcher: [],
    bundle: [],
    engineStatus: [],
    engineUpAgain: [],
  }
  const measure = async (name: keyof typeof commands) => {
    const { seconds, code, err } = await timeProcess(commands[name], { cwd: root, env })
    if (code !== 0) throw new Error(`${commands[name].join(" ")} ended with ${code}:\n${err.slice(-1000)}`)
    times[name].push(seconds)
  }
  // Once unmeasured: a stale checkout builds itself here.
  await timeProcess(commands.launcher, { cwd: root, env })
  for (let round = 0; round < rounds; round++)
    for (const name of ["node", "launcher", "bundle"] as const) await measure(name)
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    for (const name of ["engineStatus", "engineUpAgain"] as const) await measure(name)
  }
  return times
}
