/**
 * CI for Python projects: lint, types, tests on every Python against the built wheel, and what else a pipeline needs.
 */
import {
  type Changeset,
  type Container,
  check,
  type Directory,
  dag,
  type File,
  func,
  object,
  type Workspace,
} from "@dagger.io/dagger"
import { createDirectorySources } from "./door/directory-sources.js"
import { distributionsOf } from "./door/distributions.js"
import { findRepository } from "./door/find-repository.js"
import { NO_REPOSITORY, type RepositoryFacts, readRepository } from "./door/git-facts.js"
import { bumpOf, planOf, type ReleaseCaller, showOf, syncOf } from "./door/module-release.js"
import { readRequest } from "./door/plan-request.js"
import { type Caller, containerOf, type ModuleRun, runModule } from "./door/run-module.js"
import { tell } from "./door/tell.js"
import { describeTrouble } from "./door/verdict.js"
import { createWorkspaceSources } from "./door/workspace-sources.js"
import { renderSummary } from "./findings/summary.js"
import { createDirectoryFiles } from "./project/directory-files.js"
import { inspectProject } from "./project/inspect.js"
import { NEVER_SHOWN } from "./project/never-shown.js"
import { renderPlan } from "./release/plan/markdown.js"

/** A run of the pipeline that has ended, whatever it came to. */
@object()
export class Run {
  /** What happened, as Markdown. */
  @func()
  summary!: string

  /** `passed`, `failed`, `errored` or `skipped`. */
  @func()
  outcome!: string

  /** report.json, junit.xml, summary.md and the logs. */
  @func()
  report!: Directory

  /** What the stages left, such as wheel and sdist. */
  @func()
  artifacts!: Directory
}

/** CI for Python projects. */
@object()
export class Quillon {
  private workspace: Workspace
  private source?: Directory
  private path: string

  /**
   * @param source The Python project; the folder in which dagger was called when absent.
   * @param path Where in the workspace the project lies.
   */
  constructor(workspace: Workspace, source?: Directory, path = ".") {
    this.workspace = workspace
    this.path = path
    if (source) this.source = source
  }

  /** Runs the whole pipeline; prints a summary, and fails with the findings when anything is wrong. */
  @func({ cache: "never" })
  async ci(): Promise<string> {
    return prove(await this.start([]))
  }

  /** Runs the whole pipeline and never fails on findings: summary, outcome, report and artifacts are of the result. */
  @func({ cache: "never" })
  async run(): Promise<Run> {
    const { report, folder, artifacts } = await this.start([])
    return Object.assign(new Run(), {
      summary: renderSummary(report),
      outcome: report.outcome,
      report: folder,
      artifacts,
    })
  }

  /** Proves that all places which state the version agree. */
  @func({ cache: "never" })
  @check()
  async version(): Promise<string> {
    return prove(await this.start(["version"]))
  }

  /**
   * Says the version, every place that states it and the verdict, as JSON; or one spelling of it alone.
   *
   * @param as semver, pep440 or image.
   */
  @func({ cache: "never" })
  async versionShow(as?: string): Promise<string> {
    return tell(() => showOf(this.releaseCaller(), as))
  }

  /** The changes after which every place says the version that decides. */
  @func({ cache: "never" })
  async versionSync(): Promise<Changeset> {
    return tell(() => syncOf(this.releaseCaller()))
  }

  /**
   * The changes that write the next version into every place.
   *
   * @param step major, minor, patch, prerelease, or a version X.Y.Z.
   * @param label What a prerelease is called: dev, alpha, beta or rc.
   */
  @func({ cache: "never" })
  async versionBump(step: string, label?: string): Promise<Changeset> {
    return tell(() => bumpOf(this.releaseCaller(), step, label))
  }

  /**
   * Says what the next release would do and why, as Markdown; nothing is written.
   *
   * @param at What would have been released at this commit.
   * @param since What would be released if this tag were the last release.
   * @param channel What is released, over what the branch releases: final, dev, alpha, beta or rc.
   */
  @func({ cache: "never" })
  async plan(at?: string, since?: string, channel?: string): Promise<string> {
    return tell(async () => renderPlan(await planOf(this.releaseCaller(), readRequest({ at, since, channel }))))
  }

  /**
   * The plan file of the next release, plan.json.
   *
   * @param at What would have been released at this commit.
   * @param since What would be released if this tag were the last release.
   * @param channel What is released, over what the branch releases: final, dev, alpha, beta or rc.
   */
  @func({ cache: "never" })
  async planFile(at?: string, since?: string, channel?: string): Promise<File> {
    const plan = await tell(() => planOf(this.releaseCaller(), readRequest({ at, since, channel })))
    return dag.file("plan.json", `${JSON.stringify(plan, null, 2)}\n`)
  }

  /** Checks code and format with ruff. */
  @func({ cache: "never" })
  @check()
  async lint(): Promise<string> {
    return prove(await this.start(["lint"]))
  }

  /** Checks types with mypy, the project's dependencies installed. */
  @func({ cache: "never" })
  @check()
  async types(): Promise<string> {
    return prove(await this.start(["types"]))
  }

  /**
   * Tests the built wheel with pytest on each Python that the project supports.
   *
   * @param python Only this interpreter, e.g. 3.11.
   * @param args For pytest, e.g. -k.
   */
  @func({ cache: "never" })
  @check()
  async test(python?: string, args: string[] = []): Promise<string> {
    return prove(await this.start(["test"], { args, ...(python ? { pythons: [python] } : {}) }))
  }

  /** Builds sdist and wheel, checks what is in them, and gives both. */
  @func({ cache: "never" })
  async build(): Promise<Directory> {
    const run = await this.start(["build"])
    prove(run)
    return distributionsOf(dag, run.report, run.artifacts)
  }

  /** Says what the project is and where each fact was read, as JSON. */
  @func({ cache: "never" })
  async inspect(): Promise<string> {
    const { project, settings } = await inspectProject(this.caller().files)
    return JSON.stringify({ project, settings }, null, 2)
  }

  /**
   * The container of a stage as it was before its command, to open a terminal in.
   *
   * @param stage A stage or one cell of it, e.g. test@3.11.
   */
  @func({ cache: "never" })
  async shell(stage: string): Promise<Container> {
    return containerOf(await this.start([stage]), stage)
  }

  private start(only: readonly string[], more: { args?: string[]; pythons?: string[] } = {}): Promise<ModuleRun> {
    return runModule(this.caller(), { ...(only.length > 0 ? { only } : {}), ...more })
  }

  private caller(): Caller {
    const { workspace, source, path } = this
    return {
      dag,
      files: createDirectoryFiles(this.folder()),
      sources: source ? createDirectorySources(dag, source) : createWorkspaceSources(workspace, path),
      repository: () => this.repository(),
      stages: [],
    }
  }

  private releaseCaller(): ReleaseCaller {
    const { source } = this
    return {
      dag,
      folder: this.folder(),
      repository: () => this.repository(),
      repositoryFolder: async () => {
        if (source) return (await source.exists(".git/HEAD")) ? { folder: source.directory(".git"), inside: "." } : null
        return findRepository(this.workspace, this.path)
      },
    }
  }

  private folder(): Directory {
    const exclude = [...NEVER_SHOWN]
    return this.source?.filter({ exclude }) ?? this.workspace.directory(this.path, { exclude, gitignore: true })
  }

  private async repository(): Promise<RepositoryFacts> {
    const { workspace, source } = this
    if (source) return (await source.exists(".git")) ? readRepository(source) : NO_REPOSITORY
    const inside = await workspace.findUp(".git")
    return inside ? readRepository(workspace.directory("/", { include: [".git"] })) : NO_REPOSITORY
  }
}

/** The summary of a run that passed. @throws Error whose message begins with `failed:` or `could not look:` */
function prove({ report }: ModuleRun): string {
  const trouble = describeTrouble(report)
  if (trouble !== undefined) throw new Error(trouble)
  return renderSummary(report)
}
