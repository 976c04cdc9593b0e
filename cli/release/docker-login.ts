import { readFile } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { z } from "zod"
import type { RegistryLogin } from "../../src/door/release/real-reach.js"
import type { Io } from "../io.js"

/** What Docker's configuration says of one registry: a login that stands in it, or the program that knows it. */
export type LoginSource =
  | { readonly kind: "login"; readonly login: RegistryLogin }
  | { readonly kind: "helper"; readonly program: string; readonly server: string }

const configSchema = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string().optional() })).optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: z.string().optional(),
})

const answerSchema = z.object({ Username: z.string(), Secret: z.string() })

/** A helper may ask its keychain, and never a person. */
const PATIENCE_MS = 15_000

/** Who speaks to a registry by what `docker login` left: in its configuration, or with a credential helper. */
export async function dockerLogin(env: Io["env"], host: string): Promise<RegistryLogin | undefined> {
  const folder = env.DOCKER_CONFIG || join(env.HOME ?? homedir(), ".docker")
  const text = await readFile(join(folder, "config.json"), "utf8").catch(() => "{}")
  const source = loginSource(text, host)
  return source?.kind === "helper" ? askHelper(source, env) : source?.login
}

/** What a configuration says of a host, in Docker's own order: a helper for it, the helper for all, a login. Pure. */
export function loginSource(config: string, host: string): LoginSource | undefined {
  const { data } = configSchema.safeParse(parse(config))
  const names = host === "registry-1.docker.io" ? ["https://index.docker.io/v1/"] : [host, `https://${host}`]
  const [server = host] = names
  const own = names.map((name) => data?.credHelpers?.[name]).find((name) => name !== undefined)
  const helper = own ?? data?.credsStore
  // The name becomes a program's: it may be no path.
  if (helper !== undefined && /^[\w.-]+$/.test(helper)) {
    return { kind: "helper", program: `docker-credential-${helper}`, server }
  }
  const auth = names.map((name) => data?.auths?.[name]?.auth).find((text) => text !== undefined && text !== "")
  if (auth === undefined) return undefined
  const [user = "", ...rest] = Buffer.from(auth, "base64").toString("utf8").split(":")
  return { kind: "login", login: { user, password: rest.join(":") } }
}

/** Asks a helper by its protocol: the server on standard input, JSON on standard output. */
async function askHelper(
  { program, server }: Extract<LoginSource, { kind: "helper" }>,
  env: Io["env"],
): Promise<RegistryLogin | undefined> {
  const { exitCode, stdout } = await execa(program, ["get"], {
    env,
    extendEnv: false,
    input: server,
    timeout: PATIENCE_MS,
    reject: false,
  })
  const { data } = answerSchema.safeParse(exitCode === 0 ? parse(String(stdout)) : undefined)
  // `<token>` marks a refresh token, which is no password.
  return data === undefined || data.Username === "<token>" ? undefined : { user: data.Username, password: data.Secret }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
