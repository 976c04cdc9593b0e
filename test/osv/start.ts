import { readFileSync } from "node:fs"
import { join } from "node:path"
import { dag, type Service } from "@dagger.io/dagger"
import { openEngine } from "../engine-session.js"
import { publishedAdvisories } from "./published.js"

const read = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8")

/** Starts the advisory service beside the stages of the open session; its address is one for containers alone. */
export async function startAdvisories(): Promise<{ readonly service: Service; readonly url: string }> {
  const server = dag
    .container()
    .from("python:3.13-slim")
    .withNewFile("/osv/service.py", read("service.py"))
    .withNewFile("/osv/advisories.json", read("advisories.json"))
    .withExposedPort(8080)
  const published = (await publishedAdvisories()).reduce(
    (container, text, index) => container.withNewFile(`/osv/published/${index}.json`, text),
    server,
  )
  const service = await published.asService({ args: ["python3", "/osv/service.py", "8080"] }).start()
  return { service, url: `http://${await service.hostname()}:8080` }
}

/** A session with the advisory service in it. */
export async function openWithAdvisories(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const engine = await openEngine()
  const { service, url } = await startAdvisories().catch(async (error) => {
    await engine.close()
    throw error
  })
  return {
    url,
    close: async () => {
      await service.stop()
      await engine.close()
    },
  }
}
