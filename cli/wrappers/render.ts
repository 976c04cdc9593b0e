import { QuillonError } from "../../src/errors.js"
import type { Settings } from "../../src/project/settings.js"
import { DAGGER_VERSION } from "../dagger-program.js"
import { branchRules } from "./branch-rules.js"
import { type Filling, fillTemplate } from "./fill-template.js"
import { sealManaged } from "./managed.js"
import { namedSecrets } from "./named-secrets.js"
import { changesOf, filesOf, suffixOf } from "./project-files.js"
import { type ReleaseJob, releaseJobOf } from "./release-job.js"

/** What the files of CI systems depend on. */
export interface WrapperFacts {
  readonly settings: Settings
  /** Folder of the project relative to the repository's root; `.` where it is the root. */
  readonly path: string
  /** Files above the project that decide what it is, such as the lock of its workspace; relative to the root. */
  readonly around?: readonly string[]
  /** Version of Quillon that the files call. */
  readonly version: string
}

/** What Quillon writes into one file. */
export interface Wrapper {
  /** Relative to the repository's root. */
  readonly path: string
  /** What Quillon writes; a file that only leads to ours is a person's own from then on. */
  readonly managed: string
  /** Texts of which a file that is there has to have one, because it leads to ours; absent where the file is ours. */
  readonly leads?: readonly string[]
}

/**
 * The files of the CI systems that the settings name. Pure.
 *
 * @throws QuillonError NO_MODULE_TO_CALL, PATH_NOT_PLAIN, BRANCH_NOT_PLAIN
 */
export function renderWrappers(facts: WrapperFacts): readonly Wrapper[] {
  refuse(facts)
  const filling = fillingOf(facts)
  const { systems } = facts.settings.ci
  return filesOf(facts.path)
    .filter(({ system, needs }) => systems.includes(system) && (needs === undefined || filling.flags.has(needs)))
    .map(({ path, template, leads }) =>
      leads === undefined
        ? { path, managed: sealManaged(fillTemplate(template, filling), facts.version) }
        : { path, managed: template, leads },
    )
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

function fillingOf({ settings, path, version, around = [] }: WrapperFacts): Filling {
  const { ci } = settings
  const host = ci["runner-host"]
  const root = path === "."
  const env = environmentOf(settings)
  const release = releaseJobOf(settings)
  const released = release?.branches ?? []
  const changes = changesOf({ path, around, more: ci.paths })
  const flags = {
    root,
    below: !root,
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
      of: root ? "" : ` ${path}`,
      suffix: suffixOf(path),
      paths: yamlList(changes.github),
      rules: [MERGE_REQUESTS, ...branchRules(ci.branches)]
        .map((rule) => `${rule}\n  changes: ${yamlList(changes.gitlab)}`)
        .join("\n"),
      path: root ? "" : ` ${path}`,
      runs: `${root ? "" : `${path}/`}.quillon/runs`,
      call: [" call", `--mod=${ci.module ?? ""}`, ...(root ? [] : [`--path=${path}`]), ...handedSecrets(settings)].join(
        " ",
      ),
      env,
    },
  }
}

const MERGE_REQUESTS = '- if: $CI_PIPELINE_SOURCE == "merge_request_event"'

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
