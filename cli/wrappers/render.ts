import { QuillonError } from "../../src/errors.js"
import type { Settings } from "../../src/project/settings.js"
import type { CiSettings } from "../../src/project/settings-ci.js"
import { DAGGER_VERSION } from "../dagger-program.js"
import { branchRules } from "./branch-rules.js"
import { type Filling, fillTemplate } from "./fill-template.js"
import { sealManaged } from "./managed.js"
import { namedSecrets } from "./named-secrets.js"
import { type ReleaseJob, releaseJobOf } from "./release-job.js"
import { GITHUB_RELEASE_YML, GITHUB_YML, GITLAB_YML } from "./templates.js"

/** A CI system for which files are written. */
export type CiSystem = CiSettings["systems"][number]

/** What the files of CI systems depend on. */
export interface WrapperFacts {
  readonly settings: Settings
  /** Folder of the project relative to the repository's root; `.` where it is the root. */
  readonly path: string
  /** Version of Quillon that the files call. */
  readonly version: string
}

/** What Quillon writes into one file. */
export interface Wrapper {
  /** Relative to the repository's root. */
  readonly path: string
  readonly managed: string
}

const FILES = [
  { system: "github", path: ".github/workflows/ci.yml", template: GITHUB_YML },
  // Publishers that an index trusts are named by this file.
  { system: "github", path: ".github/workflows/release.yml", template: GITHUB_RELEASE_YML, needs: "release" },
  { system: "gitlab", path: ".gitlab-ci.yml", template: GITLAB_YML },
] as const

/** Paths of all files that may be written, relative to the repository's root. */
export const WRAPPER_PATHS: readonly string[] = FILES.map(({ path }) => path)

/**
 * The files of the CI systems that the settings name. Pure.
 *
 * @throws QuillonError NO_MODULE_TO_CALL, PATH_NOT_PLAIN, BRANCH_NOT_PLAIN
 */
export function renderWrappers(facts: WrapperFacts): readonly Wrapper[] {
  refuse(facts)
  const filling = fillingOf(facts)
  const isAsked = (file: (typeof FILES)[number]) =>
    facts.settings.ci.systems.includes(file.system) && (!("needs" in file) || filling.flags.has(file.needs))
  return FILES.filter(isAsked).map(({ path, template }) => ({
    path,
    managed: sealManaged(fillTemplate(template, filling), facts.version),
  }))
}

/** Everything that reaches a shell or YAML as it is has been held to a pattern: the settings by their schema, the path here. */
function refuse({ settings: { ci }, path }: WrapperFacts): void {
  if (ci.door === "dagger" && ci.module === undefined) {
    throw new QuillonError({
      code: "NO_MODULE_TO_CALL",
      message: "ci.door is 'dagger', and ci.module does not say which module is called",
      next: "set ci.module to the address of Quillon's module, or ci.door = 'cli'",
      kind: "usage",
    })
  }
  if (/^(?!-)[\w./-]+$/.test(path)) return
  throw new QuillonError({
    code: "PATH_NOT_PLAIN",
    message: `the project's folder ${JSON.stringify(path)} has characters that mean something to a shell or to YAML`,
    next: "name it with letters, digits, '.', '_', '-' and '/' alone",
    kind: "usage",
  })
}

function fillingOf({ settings, path, version }: WrapperFacts): Filling {
  const { ci } = settings
  const host = ci["runner-host"]
  const root = path === "."
  const env = environmentOf(settings)
  const release = releaseJobOf(settings)
  const released = release?.branches ?? []
  const flags = {
    cli: ci.door === "cli",
    dagger: ci.door === "dagger",
    "hosted-engine": host === undefined,
    "own-engine": host !== undefined,
    // Images without Node or Dagger.
    alpine: host === undefined || ci.door === "dagger",
    "code-scanning": ci["code-scanning"],
    tags: ci.tags.length > 0,
    env: env !== "",
    release: release !== undefined,
    "release-on-push": ci.release === "push",
    "release-environment": ci["release-environment"] !== undefined,
  }
  return {
    flags: new Set(Object.entries(flags).flatMap(([name, set]) => (set ? [name] : []))),
    values: {
      branches: yamlList(ci.branches),
      // A job for a branch needs a pipeline for it.
      "branch-rules": branchRules([...new Set([...ci.branches, ...released])]).join("\n"),
      "release-branches": yamlList(released),
      "release-rules": branchRules(released)
        .map((rule) => (ci.release === "push" ? rule : `${rule}\n  when: manual\n  allow_failure: true`))
        .join("\n"),
      "release-environment": ci["release-environment"] ?? "",
      permissions: release?.permissions.join("\n") ?? "",
      "release-env": release === undefined ? "" : releaseEnvironment(settings, release),
      runner: ci.runner.length === 1 ? (ci.runner[0] ?? "") : yamlList(ci.runner),
      tags: yamlList(ci.tags),
      "runner-host": JSON.stringify(host ?? ""),
      "own-image": ci.door === "cli" ? "node:22" : "docker:28-cli",
      "retention-days": String(ci["retention-days"]),
      "dagger-version": DAGGER_VERSION,
      version,
      path: root ? "" : ` ${path}`,
      runs: `${root ? "" : `${path}/`}.quillon/runs`,
      call: [" call", `--mod=${ci.module ?? ""}`, ...(root ? [] : [`--path=${path}`]), ...handedSecrets(settings)].join(
        " ",
      ),
      env,
    },
  }
}

/** Secrets that the settings name come from GitHub's; a pull request gets none, whoever opened it. */
function environmentOf(settings: Settings): string {
  return [
    ...engineVariable(settings),
    ...namedSecrets(settings).map(
      (name) => `${name}: \${{ github.event_name != 'pull_request' && secrets.${name} || '' }}`,
    ),
  ].join("\n")
}

/** A secret that is not set is an empty text, which is as good as none. */
function releaseEnvironment(settings: Settings, { secrets }: ReleaseJob): string {
  return [
    ...engineVariable(settings),
    `GITHUB_TOKEN: \${{ github.token }}`,
    ...secrets.map((name) => `${name}: \${{ secrets.${name} }}`),
  ].join("\n")
}

function engineVariable({ ci: { "runner-host": host } }: Settings): readonly string[] {
  return host === undefined ? [] : [`_EXPERIMENTAL_DAGGER_RUNNER_HOST: ${JSON.stringify(host)}`]
}

/** A module sees no environment but what the call hands in. */
function handedSecrets(settings: Settings): readonly string[] {
  return namedSecrets(settings).map((name) => `with-secret --name=${name} --value=env://${name}`)
}

function yamlList(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(", ")}]`
}
