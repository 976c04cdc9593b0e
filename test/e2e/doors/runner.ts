import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { execa } from "execa"

/** A machine of a CI system: nothing of this process's environment reaches a job but what stands here. */
export interface Runner {
  readonly env: Readonly<Record<string, string>>
  /** Where stand-ins and states lie. */
  readonly scratch: string
}

/** How a job ended. */
export interface JobEnd {
  readonly exitCode: number | undefined
  readonly output: string
}

/** What machines are set up with. */
export interface RunnerParts {
  /** The home folder: npm's settings, and what npm has fetched before. */
  readonly home: string
  readonly registry: string
  /** Dagger's program. */
  readonly dagger: string
  /** One more folder of programs. */
  readonly programs: string
}

/** Makes a machine with Node and Dagger's program, whose npm asks the registry. */
export async function makeRunner(scratch: string, { home, registry, dagger, programs }: RunnerParts): Promise<Runner> {
  await Promise.all([home, scratch].map((folder) => mkdir(folder, { recursive: true })))
  await writeFile(join(home, ".npmrc"), `registry=${registry}\nreplace-registry-host=always\n`)
  const path = [dirname(dagger), dirname(process.execPath), programs, "/usr/local/bin", "/usr/bin", "/bin"]
  return { scratch, env: { HOME: home, PATH: path.join(":") } }
}

/** The actions of the workflow, as far as a machine without GitHub can stand in for them. */
const STAND_INS: Readonly<Record<string, (origin: string, artifacts: string) => string>> = {
  // A real checkout of a real repository, with the depth that the workflow asks for.
  "actions/checkout": (origin) => `
name: checkout
inputs: { fetch-depth: { default: "1" }, persist-credentials: { default: "true" } }
runs:
  using: composite
  steps:
    - shell: bash
      env: { DEPTH: "\${{ inputs.fetch-depth }}" }
      run: |
        git init --quiet .
        git remote add origin ${origin}
        if [ "$DEPTH" = 0 ]
        then git fetch --quiet origin '+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*'
        else git fetch --quiet --no-tags --depth "$DEPTH" origin "$GITHUB_SHA"
        fi
        git checkout --quiet "$GITHUB_SHA"
`,
  "actions/setup-node": () => `
name: setup-node
inputs: { node-version: {}, package-manager-cache: {} }
runs: { using: composite, steps: [{ shell: bash, run: node --version }] }
`,
  // The action does no more than this where it gets a version alone and finds it.
  "dagger/dagger-for-github": () => `
name: dagger-for-github
inputs: { version: {} }
runs:
  using: composite
  steps:
    - shell: bash
      env: { VERSION: "\${{ inputs.version }}" }
      run: test "$(dagger --silent version | cut -d ' ' -f 2)" = "$VERSION"
`,
  "actions/upload-artifact": (_, artifacts) => `
name: upload-artifact
inputs: { name: {}, path: {}, include-hidden-files: {}, if-no-files-found: {}, retention-days: {} }
runs:
  using: composite
  steps:
    - shell: bash
      env: { NAME: "\${{ inputs.name }}", FROM: "\${{ inputs.path }}" }
      run: if [ -e "$FROM" ]; then cp --recursive --dereference "$FROM" "${artifacts}/$NAME"; fi
`,
}

/** A workflow that is to be run. */
export interface WorkflowRun {
  readonly act: string
  /** A folder with the commit. */
  readonly repository: string
  /** The workflow's path. */
  readonly file: string
  /** One of its jobs; all when absent. */
  readonly job?: string
  /** Variables that a hosted runner has, or needs here. */
  readonly env: Readonly<Record<string, string>>
  /** Address of the git remote that is checked out; the folder when absent. */
  readonly origin?: string
  /** The repository's secrets. */
  readonly secrets?: Readonly<Record<string, string>>
  /** The machine loses its power when this settles. */
  readonly powerCut?: Promise<unknown>
}

/** Runs a workflow file on a repository's commit with act; what it uploads lies below `artifacts`. */
export async function runWorkflow(
  runner: Runner,
  asked: WorkflowRun,
): Promise<JobEnd & { readonly artifacts: string }> {
  const artifacts = join(runner.scratch, "artifacts")
  await mkdir(artifacts, { recursive: true })
  const { origin = `file://${asked.repository}`, secrets = {} } = asked
  const secretFile = join(runner.scratch, "secrets.env")
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
  await writeFile(secretFile, lines.join(""), { mode: 0o600 })
  const workflow = await readFile(asked.file, "utf8")
  const replaced = [...workflow.matchAll(/uses: (([\w./-]+)@[0-9a-f]{40})/g)].map(async ([, used, action]) => {
    const folder = join(runner.scratch, "actions", action ?? "")
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, "action.yml"), STAND_INS[action ?? ""]?.(origin, artifacts) ?? "")
    return `${used}=${folder}`
  })
  const args = [
    ...[
      "push",
      "--workflows",
      asked.file,
      "--platform",
      "ubuntu-latest=-self-hosted",
      "--rm",
      "--no-cache-server",
      "--no-skip-checkout",
    ],
    ...["--action-cache-path", join(runner.scratch, "act"), "--secret-file", secretFile],
    ...(asked.job === undefined ? [] : ["--job", asked.job]),
    ...(await Promise.all(replaced)).flatMap((each) => ["--local-repository", each]),
    ...Object.entries(asked.env).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
  ]
  return {
    ...(await run(runner, [asked.act, ...args], { cwd: asked.repository, powerCut: asked.powerCut })),
    artifacts,
  }
}

/** Stands in for a container runtime: the job runs on this machine, and its services are said to have started. */
const NO_CONTAINERS = `#!/bin/sh
case "$1 $2" in
  "network create") echo none ;;
  "image inspect") echo "[]" ;;
esac
`

/** Runs the pipeline of a repository with gitlab-ci-local. */
export async function runPipelineFile(
  runner: Runner,
  asked: { command: readonly string[]; repository: string; isolation: boolean; file?: string; env: Runner["env"] },
): Promise<JobEnd & { readonly state: string }> {
  const state = join(runner.scratch, "state")
  const containers = join(runner.scratch, "no-containers")
  await writeFile(containers, NO_CONTAINERS)
  await chmod(containers, 0o755)
  const args = [
    ...["--force-shell-executor", "--container-executable", containers, "--state-dir", `../${state.split("/").at(-1)}`],
    ...(asked.isolation ? ["--shell-isolation"] : []),
    ...(asked.file === undefined ? [] : ["--file", asked.file]),
    ...Object.entries(asked.env).flatMap(([name, value]) => ["--variable", `${name}=${value}`]),
  ]
  return { ...(await run(runner, [...asked.command, ...args], { cwd: asked.repository })), state }
}

interface JobPlace {
  readonly cwd: string
  readonly powerCut?: Promise<unknown> | undefined
}

async function run(runner: Runner, command: readonly string[], { cwd, powerCut }: JobPlace): Promise<JobEnd> {
  const [program = "", ...args] = command
  const options = { cwd, env: runner.env, extendEnv: false, reject: false, all: true, stdin: "ignore" } as const
  const running = execa(program, args, { ...options, timeout: 600_000 })
  powerCut?.then(() => endTree(running.pid))
  const { exitCode, all } = await running
  return { exitCode, output: all }
}

/** Ends a process and all that it started, as a power cut would. */
async function endTree(root: number | undefined): Promise<void> {
  if (root === undefined) return
  const parents = new Map<number, number>()
  for (const name of (await readdir("/proc")).filter((each) => /^\d+$/.test(each))) {
    // pid (command) state ppid …, where the command may hold anything
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "")
    parents.set(Number(name), Number(/^\S+ \(.*\) \S (\d+)/s.exec(stat)?.[1] ?? 0))
  }
  const isBelow = (pid: number): boolean => pid === root || (parents.has(pid) && isBelow(parents.get(pid) ?? 0))
  for (const pid of [...parents.keys()].filter(isBelow)) {
    try {
      process.kill(pid, "SIGKILL")
    } catch {
      // It ended meanwhile.
    }
  }
}
