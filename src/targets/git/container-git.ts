import type { CacheSharingMode, Client, Container, Directory, Secret } from "@dagger.io/dagger"
import { QuillonError } from "../../errors.js"
import { RELEASE_GIT_PY } from "../assets.js"
import { expectResult, type GitRequest, type RunGit, readGitResult } from "./git-program.js"

/** Where a git remote is for containers, and who speaks to it. */
export interface ContainerGitOptions {
  readonly dag: Client
  /** Has git, ssh and python3; reaches the remote. */
  readonly container: Container
  /** `https://…` or `ssh://…`, without user name and password. */
  readonly url: string
  readonly credentials?: { readonly user: string; readonly token: Secret }
  readonly person: { readonly name: string; readonly email: string }
  /** Private SSH key that signs commit and tag. */
  readonly signingKey?: Secret
  /** A value that was never given before. */
  readonly nonce: () => string
}

const FOLDER = "/quillon/git"
const KEY = "/quillon/key"
const REQUEST = "/quillon/request.json"
const RESULT = "/quillon/result.json"
const TREE = "/quillon/tree"

/**
 * Runs the git program in a container. Objects that it fetched are kept in a volume of the engine, which no result
 * depends on: what is not there is fetched.
 */
export function createContainerGit(options: ContainerGitOptions): RunGit {
  const run = createRunner(options)
  return async (request) => readGitResult(await run(request).file(RESULT).contents())
}

/**
 * Gives the files of a commit of the remote, as a checkout has them.
 *
 * @throws QuillonError GIT_REMOTE_UNREACHABLE where the commit can't be fetched
 */
export function createContainerTree(options: ContainerGitOptions): (commit: string) => Promise<Directory> {
  const run = createRunner(options)
  return async (commit) => {
    const made = run({ operation: "export", commit, folder: TREE })
    const result = readGitResult(await made.file(RESULT).contents())
    if (result.kind === "failed") throw unfetched(commit, result.complaint)
    expectResult(result, "done")
    return made.directory(TREE)
  }
}

/** The container after the program was run for a request, lazily. */
function createRunner(options: ContainerGitOptions): (request: GitRequest) => Container {
  const { dag, container, url, credentials, person, signingKey, nonce } = options
  const kept = container
    .withUser("root")
    .withMountedCache(FOLDER, dag.cacheVolume(`quillon-release-git-${volumeOf(url)}`), {
      sharing: "SHARED" as CacheSharingMode,
    })
    .withNewFile("/quillon/release_git.py", RELEASE_GIT_PY)
  const trusted =
    credentials === undefined
      ? kept
      : kept
          .withEnvVariable("QUILLON_GIT_USER", credentials.user)
          .withSecretVariable("QUILLON_GIT_TOKEN", credentials.token)
  // The program refuses a key that others can read.
  const ready =
    signingKey === undefined ? trusted : trusted.withMountedSecret(KEY, signingKey, { owner: "root", mode: 0o400 })
  return (request) => {
    const whole = { ...request, url, repository: `${FOLDER}/objects.git`, person, key: signingKey && KEY }
    return ready
      .withNewFile(REQUEST, JSON.stringify(whole))
      .withEnvVariable("QUILLON_NONCE", nonce())
      .withExec(["python3", "-I", "/quillon/release_git.py", REQUEST, RESULT])
  }
}

function unfetched(commit: string, complaint: string): QuillonError {
  return new QuillonError({
    code: "GIT_REMOTE_UNREACHABLE",
    message: `the commit ${commit} could not be fetched: ${complaint}`,
    next: "run it again when the remote answers",
    kind: "environment",
  })
}

/** Volumes have names of a few plain characters. */
function volumeOf(url: string): string {
  return url.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(-80)
}
