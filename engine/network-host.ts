import { mkdir, writeFile } from "node:fs/promises"
import { enableForwarding } from "./forwarding.js"
import { networkUpCommands, planNetwork } from "./network.js"
import type { EnginePaths } from "./paths.js"
import type { Run } from "./process.js"

/** Makes the engine's network namespace and its way out; what a half-made attempt left must be gone (`teardown`). */
export async function networkUp(paths: EnginePaths, run: Run): Promise<void> {
  const look = async (...args: string[]) => (await run(["ip", ...args])).stdout
  const facts = {
    addresses: await look("-o", "-4", "address"),
    routes: await look("-4", "route"),
    links: await look("-o", "link"),
  }
  await mkdir(paths.run, { recursive: true, mode: 0o700 })
  await writeFile(paths.netns, "")
  await enableForwarding(paths)
  for (const command of networkUpCommands(planNetwork(paths, facts))) await run(command)
}
