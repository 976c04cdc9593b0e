import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { QuillonError } from "../../src/errors.js"
import { basicCredentials } from "../http/basic-auth.js"
import { type Handler, text } from "../http/exchange.js"
import { callHttpBackend } from "./http-backend.js"
import { type GitRules, NO_RULES, writeRules } from "./rules.js"

/** What a token may do. */
export type GitAccess = "write" | "read"

/** A git remote over smart HTTP: git's own server behind token authentication and a host's rules. */
export interface GitRemoteServer {
  readonly handler: Handler
  /** The bare repository on the disk, for who looks without a request. */
  readonly repository: string
  /** Path of the repository below the server's address. */
  readonly path: string
  setRules(rules: Partial<GitRules>): Promise<void>
  /** Runs git on the repository, e.g. to push for somebody else. @throws what git complains of */
  git(args: readonly string[], input?: string): Promise<string>
}

/** What a git remote is made with. */
export interface GitRemoteOptions {
  /** Folder of the repository; what is in it is kept. */
  readonly folder: string
  readonly tokens: Readonly<Record<string, GitAccess>>
  /** Search path for git. */
  readonly searchPath: string
  /** `private`: nobody reads without a token either. */
  readonly visibility?: "public" | "private"
}

const NAME = "project.git"

/** Opens a remote, with an empty repository where the folder has none. @throws QuillonError GIT_MISSING */
export async function openGitRemote(options: GitRemoteOptions): Promise<GitRemoteServer> {
  const { folder, tokens, searchPath, visibility = "public" } = options
  const repository = join(folder, NAME)
  const git = async (args: readonly string[], input?: string) => {
    const env = { PATH: searchPath, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" }
    const { stdout } = await execa("git", [...args], { cwd: folder, env, extendEnv: false, input: input ?? "" })
    return stdout
  }
  await mkdir(folder, { recursive: true })
  if (!existsSync(join(repository, "HEAD"))) await create(git)
  await writeRules(repository, NO_RULES)
  return {
    repository,
    path: `/${NAME}`,
    setRules: (rules) => writeRules(repository, { ...NO_RULES, ...rules }),
    git: (args, input) => git([`--git-dir=${repository}`, ...args], input),
    async handler(call) {
      const credentials = basicCredentials(call.headers)
      const access = credentials === undefined ? undefined : tokens[credentials.password]
      const writes = call.query.get("service") === "git-receive-pack" || call.path.endsWith("/git-receive-pack")
      const anonymous = credentials === undefined && !writes && visibility === "public"
      if (access === undefined && !anonymous) {
        return text(401, "Authentication failed", { "www-authenticate": 'Basic realm="git"' })
      }
      if (writes && access !== "write") return text(403, "Permission to project.git denied")
      if (!call.path.startsWith(`/${NAME}/`)) return text(404, "Repository not found")
      return callHttpBackend(call, { root: folder, path: call.path, user: credentials?.user || undefined, searchPath })
    },
  }
}

async function create(git: (args: readonly string[]) => Promise<string>): Promise<void> {
  try {
    await git(["init", "--quiet", "--bare", "--initial-branch=main", NAME])
    await git([`--git-dir=${NAME}`, "config", "http.receivepack", "true"])
  } catch (error) {
    throw new QuillonError(
      {
        code: "GIT_MISSING",
        message: `the rehearsal's git remote can't be made: ${error instanceof Error ? error.message.split("\n")[0] : error}`,
        next: "install git, which brings git http-backend",
        kind: "environment",
      },
      { cause: error },
    )
  }
}
