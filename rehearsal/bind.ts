import type { Client, Container, Service } from "@dagger.io/dagger"
import { type Access, ENGINE_HOST } from "./access.js"

/**
 * Lets containers reach a rehearsal that runs on this machine, by the name {@link ENGINE_HOST}. The way goes through the
 * client's own session, so it is the same for every engine, wherever that runs.
 */
export function bindRehearsal(dag: Client, { ports }: Access): (container: Container) => Container {
  const forwarded = Object.values(ports).map((port) => ({ frontend: port, backend: port }))
  const service: Service = dag.host().service(forwarded, { host: "127.0.0.1" })
  return (container) => container.withServiceBinding(ENGINE_HOST, service)
}
