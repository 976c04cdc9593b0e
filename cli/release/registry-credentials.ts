import { readFile } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import { z } from "zod"
import type { Io } from "../io.js"

/** User name and password for a registry. */
export interface RegistryCredentials {
  readonly user: string
  readonly password: string
}

const configSchema = z.object({ auths: z.record(z.string(), z.object({ auth: z.string().optional() })).optional() })

/**
 * Who speaks to a registry: `REGISTRY_USER` and `REGISTRY_TOKEN`, else what `docker login` left, else in a job of
 * GitHub's the job's own token for GitHub's registry. Credential helpers are not asked.
 */
export async function registryCredentials(env: Io["env"], host: string): Promise<RegistryCredentials | undefined> {
  const { REGISTRY_USER: user, REGISTRY_TOKEN: password, GITHUB_ACTOR: actor, GITHUB_TOKEN: job } = env
  if (user && password) return { user, password }
  const folder = env.DOCKER_CONFIG || join(env.HOME ?? homedir(), ".docker")
  const text = await readFile(join(folder, "config.json"), "utf8").catch(() => "{}")
  return dockerLogin(text, host) ?? (host === "ghcr.io" && actor && job ? { user: actor, password: job } : undefined)
}

/** What `docker login` wrote into its configuration for a host. Pure. */
export function dockerLogin(config: string, host: string): RegistryCredentials | undefined {
  const read = configSchema.safeParse(parse(config))
  const names = host === "registry-1.docker.io" ? ["https://index.docker.io/v1/"] : [host, `https://${host}`]
  const auth = names.map((name) => read.data?.auths?.[name]?.auth).find((text) => text !== undefined && text !== "")
  if (auth === undefined) return undefined
  const [user = "", ...rest] = Buffer.from(auth, "base64").toString("utf8").split(":")
  return { user, password: rest.join(":") }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
