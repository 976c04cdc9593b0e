import { randomBytes } from "node:crypto"
import { z } from "zod"

/** Servers of a rehearsal. `uploads` is the GitHub API's second host; `ci` vouches for jobs. */
export const SERVERS = ["git", "pypi", "testpypi", "registry", "github", "uploads", "ci"] as const

/** One server of a rehearsal. */
export type ServerName = (typeof SERVERS)[number]

/** Credentials of a rehearsal: random, valid for its servers alone. */
export const credentialsSchema = z.strictObject({
  git: z.string(),
  pypi: z.string(),
  testpypi: z.string(),
  registry: z.string(),
  github: z.string(),
  ci: z.string(),
})

/** All that a client needs to use a rehearsal. */
export const accessSchema = z.strictObject({
  schema: z.literal(1),
  /** Eight hexadecimal digits; its volumes are named by them. */
  id: z.string(),
  /** Ports on this machine's loopback. */
  ports: z.record(z.enum(SERVERS), z.number().int()),
  credentials: credentialsSchema,
  /** `owner/name` of the repository on the forge and of the image. */
  repository: z.string(),
})

/** All that a client needs to use a rehearsal. */
export type Access = z.infer<typeof accessSchema>

/** User names that go with the credentials. */
export const USERS = { git: "rehearsal", registry: "rehearsal" } as const

/** The name by which containers reach this machine's side of a rehearsal. */
export const ENGINE_HOST = "rehearsal"

/** Names and credentials of a rehearsal that was not there before; ports of 0 are chosen when it opens. */
export function newAccess(): Access {
  const secret = (prefix: string) => `${prefix}${randomBytes(18).toString("base64url")}`
  return {
    schema: 1,
    id: randomBytes(4).toString("hex"),
    ports: Object.fromEntries(SERVERS.map((name) => [name, 0])) as Access["ports"],
    credentials: {
      git: secret("git-"),
      pypi: secret("pypi-"),
      testpypi: secret("pypi-"),
      registry: secret("registry-"),
      github: secret("ghp_"),
      ci: secret("ci-"),
    },
    repository: "rehearsal/project",
  }
}

/** Where a server is reached: by this process, and by a container that has {@link ENGINE_HOST} bound. */
export function addressOf(
  { ports }: Access,
  server: ServerName,
): { readonly fromHere: string; readonly fromEngine: string } {
  return { fromHere: `http://127.0.0.1:${ports[server]}`, fromEngine: `http://${ENGINE_HOST}:${ports[server]}` }
}
