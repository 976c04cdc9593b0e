import { chmod, mkdir, writeFile } from "node:fs/promises"
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
        git remote add origin file://${origin}
        if [ "$DEPTH" = 0 ]
        then git fetch --quiet origin '+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*'
        else git fetch --quiet --no-tags --depth "$DEPTH" origin "$GITHUB_SHA"
        fi
        git checkout --quiet "$GITHUB_SHA"
`,
  "actions/setup-node": () => `
name: setup-node
inputs: { node-version: {} }
runs: { using: composite, steps: [{ shell: bash, run: node --version }] }
`,
  "actions/upload-artifact": (_, artifacts) => `
name: upload-artifact
inputs: { name: {}, path: {}, include-hidden-files: {}, if-no-files-found: {}, retention-days: {} }
runs:
  using: composite
  steps:
    - shell: bash
      env: { NAME: "\${{ inputs.name }}", FROM: "\${{ inputs.path }}" }
      run: cp --recursive --dereference "$FROM" "${artifacts}/$NAME"
`,
}

/** Runs a workflow of a commit's repository with act; what it uploads lies below `artifacts`. */
export async function runWorkflow(
  runner: Runner,
  asked: { act: string; repository: string; workflow: string; env: Readonly<Record<string, string>> },
): Promise<JobEnd & { readonly artifacts: string }> {
  const artifacts = join(runner.scratch, "artifacts")
  await mkdir(artifacts, { recursive: true })
  const replaced = [...asked.workflow.matchAll(/uses: (([\w./-]+)@[0-9a-f]{40})/g)].map(async ([, used, action]) => {
    const folder = join(runner.scratch, "actions", action ?? "")
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, "action.yml"), STAND_INS[action ?? ""]?.(asked.repository, artifacts) ?? "")
    return `${used}=${folder}`
  })
  const args = [
    ...["push", "--platform", "ubuntu-latest=-self-hosted", "--rm", "--no-cache-server", "--no-skip-checkout"],
    ...["--action-cache-path", join(runner.scratch, "act")],
    ...(await Promise.all(replaced)).flatMap((each) => ["--local-repository", each]),
    ...Object.entries(asked.env).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
  ]
  return { ...(await run(runner, [asked.act, ...args], asked.repository)), artifacts }
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
  return { ...(await run(runner, [...asked.command, ...args], asked.repository)), state }
}

async function run(runner: Runner, command: readonly string[], cwd: string): Promise<JobEnd> {
  const [program = "", ...args] = command
  const options = { cwd, env: runner.env, extendEnv: false, reject: false, all: true, stdin: "ignore" } as const
  const { exitCode, all } = await execa(program, args, { ...options, timeout: 600_000 })
  return { exitCode, output: all }
}
