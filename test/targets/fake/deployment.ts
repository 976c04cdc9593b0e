import type { Deployment } from "../../../src/targets/ports/deployment.js"
import type { Written } from "../../../src/targets/ports/written.js"
import type { Wire } from "./network.js"

/** An environment and what runs there. */
export interface DeployServer {
  readonly name: string
  running: string | null
}

/** The client of an environment. */
export function fakeDeployment(server: DeployServer, wire: Wire): Deployment {
  const { name } = server
  const see: Deployment["probe"] = ({ digest }) =>
    wire.look(name, "what runs", () => ({ kind: server.running === digest ? "identical" : "absent" }) as const)
  return {
    name,
    settleSeconds: 0,
    check: async () => [],
    probe: see,
    verify: see,
    apply: ({ image, digest }) =>
      wire.write<Written>(name, `deploy ${digest}`, () => {
        server.running = digest
        return { kind: "done", receipt: { what: `${image}@${digest}`, where: name, digest } }
      }),
  }
}
