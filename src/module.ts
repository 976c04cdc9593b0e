/** CI for Python projects: lint, types, tests on each Python against the built wheel, and the rest of a pipeline. */
import {
  type Changeset,
  type Container,
  check,
  type Directory,
  dag,
  type File,
  func,
  object,
  type Secret,
  type Workspace,
} from "@dagger.io/dagger"
import { distributionsOf } from "./door/distributions.js"
import { inspectionOf } from "./door/inspection.js"
import { fixOf } from "./door/lint-fix.js"
import { fileOf, imageOf } from "./door/made-things.js"
import { type ModuleCall, releaseCallerOf } from "./door/module-caller.js"
import { bumpOf, planJson, planPage, showOf, syncOf } from "./door/module-release.js"
import { proveFor, runFor } from "./door/prove.js"
import { refuseRehearsal, releaseFrom, statusFrom } from "./door/release/module-calls.js"
import { containerOf, type ModuleSelection, selectionOf } from "./door/run-module.js"
import { tell } from "./door/tell.js"
import { renderSummary } from "./findings/summary.js"
import { Run } from "./module/run.js"

/** CI for Python projects. */
@object()
export class Quillon {
  private workspace: Workspace
  private source?: Directory
  private path: string
  // Lists side by side, because objects within objects do not survive from one call of a chain to the next.
  private stages: string[] = []
  private containers: Container[] = []
  private secretNames: string[] = []
  private secrets: Secret[] = []

  /**
   * @param source The Python project; the folder in which dagger was called when absent.
   * @param path Where the project lies in the workspace, or in the source.
   */
  constructor(workspace: Workspace, source?: Directory, path = ".") {
    this.workspace = workspace
    this.path = path
    if (source) this.source = source
  }

  /**
   * Adds a stage of your own behind the others, as data. Chain it: with-stage … ci.
   * @param name Lower-case word.
   * @param container In which the arguments run; what they read must be in it.
   * @param args Program and arguments.
   * @param reports Absolute paths of the reports that the program writes.
   * @param format junit, sarif or lines (path:line: message; of standard output without reports); else the exit code.
   * @param cache What may be remembered: pure, effect (runs always), or the seconds for which a look is good.
   */
  @func()
  // biome-ignore lint/complexity/useMaxParams: each is a flag of `dagger call`, and may be left out by its name
  withStage(
    name: string,
    container: Container,
    args: string[],
    reports: string[] = [],
    format?: string,
    cache?: string,
  ): Quillon {
    this.stages = [...this.stages, JSON.stringify({ name, args, reports, format, cache })]
    this.containers = [...this.containers, container]
    return this
  }

  /**
   * Hands in a secret that the project's settings name.
   * @param name As in the settings, e.g. DATABASE_URL.
   * @param value For example env://DATABASE_URL.
   */
  @func()
  withSecret(name: string, value: Secret): Quillon {
    this.secretNames = [...this.secretNames, name]
    this.secrets = [...this.secrets, value]
    return this
  }

  /**
   * Runs the whole pipeline; prints a summary, and fails with the findings when anything is wrong.
   * @param only These stages or cells and what they need, e.g. lint,test@3.11.
   * @param skip Without these.
   * @param fresh Runs the commands of these again although the engine remembers them.
   */
  @func({ cache: "never" })
  async ci(only: string[] = [], skip: string[] = [], fresh: string[] = []): Promise<string> {
    return this.prove(selectionOf({ only, skip, fresh }))
  }

  /**
   * Runs the whole pipeline and never fails on findings: summary, outcome, report and artifacts are of the result.
   * @param only These stages or cells and what they need, e.g. lint,test@3.11.
   * @param skip Without these.
   * @param fresh Runs the commands of these again although the engine remembers them.
   */
  @func({ cache: "never" })
  async run(only: string[] = [], skip: string[] = [], fresh: string[] = []): Promise<Run> {
    const { report, folder, artifacts } = await runFor(this.call(), selectionOf({ only, skip, fresh }))
    const { outcome } = report
    return Object.assign(new Run(), { summary: renderSummary(report), outcome, report: folder, artifacts })
  }

  /** Proves that all places which state the version agree. */
  @func({ cache: "never" })
  @check()
  async version(): Promise<string> {
    return this.prove({ only: ["version"] })
  }

  /** Checks code and format with ruff. */
  @func({ cache: "never" })
  @check()
  async lint(): Promise<string> {
    return this.prove({ only: ["lint"] })
  }

  /** The changes that ruff's fixes and format would make; Dagger shows them, and asks before it writes. */
  @func({ cache: "never" })
  async lintFix(): Promise<Changeset> {
    return tell(() => fixOf(this.call()))
  }

  /** Checks types with mypy, the project's dependencies installed. */
  @func({ cache: "never" })
  @check()
  async types(): Promise<string> {
    return this.prove({ only: ["types"] })
  }

  /** Looks for unsafe code in the packages with bandit. */
  @func({ cache: "never" })
  @check()
  async security(): Promise<string> {
    return this.prove({ only: ["security"] })
  }

  /** Looks for known vulnerabilities in the dependencies, at an advisory service. */
  @func({ cache: "never" })
  @check()
  async audit(): Promise<string> {
    return this.prove({ only: ["audit"] })
  }

  /** Reports dependencies that are not the newest; fails where outdated.gate asks for it. */
  @func({ cache: "never" })
  @check()
  async outdated(): Promise<string> {
    return this.prove({ only: ["outdated"] })
  }

  /** Builds sdist and wheel, checks what is in them, and gives both; none for an application that is not built. */
  @func({ cache: "never" })
  @check()
  async build(): Promise<Directory> {
    const { report, artifacts } = await proveFor(this.call(), { only: ["build"] })
    return distributionsOf(dag, report, artifacts)
  }

  /**
   * Tests the built wheel with pytest on each Python that the project supports.
   * @param python Only this interpreter, e.g. 3.11.
   * @param args For pytest, e.g. -k.
   */
  @func({ cache: "never" })
  @check()
  async test(python?: string, args: string[] = []): Promise<string> {
    return this.prove({ only: ["test"], args, ...(python ? { pythons: [python] } : {}) })
  }

  /** Combines what the tests on all Pythons covered, and demands what the project demands. */
  @func({ cache: "never" })
  @check()
  async coverage(): Promise<string> {
    return this.prove({ only: ["coverage"] })
  }

  /** Builds the image, starts it, and gives it. */
  @func({ cache: "never" })
  async image(): Promise<Container> {
    return tell(async () => imageOf(dag, await proveFor(this.call(), { only: ["image"] })))
  }

  /** Proves that the image builds and starts, where the project ships one. */
  @func({ cache: "never" })
  @check()
  async imageStarts(): Promise<string> {
    return this.prove({ only: ["image"] })
  }

  /** Writes a bill of materials of the wheel and what it installs, as CycloneDX JSON. */
  @func({ cache: "never" })
  @check()
  async sbom(): Promise<File> {
    return tell(async () => fileOf(await proveFor(this.call(), { only: ["sbom"] }), "sbom", "sbom"))
  }

  /** Says what the project is and where each fact was read, as JSON. */
  @func({ cache: "never" })
  async inspect(): Promise<string> {
    return tell(() => inspectionOf(this.call()))
  }

  /**
   * The container of a stage as it was before the command that failed: add terminal for a shell, or use quillon debug.
   * @param stage A stage or one cell of it, e.g. test@3.11.
   * @param command One of several commands of the stage; the failing one when absent.
   */
  @func({ cache: "never" })
  async shell(stage: string, command?: string): Promise<Container> {
    return tell(async () => containerOf(await runFor(this.call(), { only: [stage] }), stage, command ?? undefined))
  }

  /**
   * Says the version, every place that states it and the verdict, as JSON; or one spelling of it alone.
   * @param as semver, pep440 or image.
   */
  @func({ cache: "never" })
  async versionShow(as?: string): Promise<string> {
    return tell(() => showOf(releaseCallerOf(this.call()), as))
  }

  /** The changes after which every place says the version that decides. */
  @func({ cache: "never" })
  async versionSync(): Promise<Changeset> {
    return tell(() => syncOf(releaseCallerOf(this.call())))
  }

  /**
   * The changes that write the next version into every place.
   * @param step major, minor, patch, prerelease, or a version X.Y.Z.
   * @param label What a prerelease is called: dev, alpha, beta or rc.
   */
  @func({ cache: "never" })
  async versionBump(step: string, label?: string): Promise<Changeset> {
    return tell(() => bumpOf(releaseCallerOf(this.call()), step, label))
  }

  /**
   * Says what the next release would do and why, as Markdown; nothing is written.
   * @param at What would have been released at this commit.
   * @param since What would be released if this tag were the last release.
   * @param channel What is released, over what the branch releases: final, dev, alpha, beta or rc.
   */
  @func({ cache: "never" })
  async plan(at?: string, since?: string, channel?: string): Promise<string> {
    return tell(() => planPage(releaseCallerOf(this.call()), { at, since, channel }))
  }

  /**
   * The plan file of the next release, plan.json.
   * @param at What would have been released at this commit.
   * @param since What would be released if this tag were the last release.
   * @param channel What is released, over what the branch releases: final, dev, alpha, beta or rc.
   */
  @func({ cache: "never" })
  async planFile(at?: string, since?: string, channel?: string): Promise<File> {
    const plan = await tell(() => planJson(releaseCallerOf(this.call()), { at, since, channel }))
    return dag.file("plan.json", plan)
  }

  /**
   * Carries out the next release, or finishes the one that was begun. Chain with-secret for its credentials.
   * @param takeOver Finishes it also where nobody knows whether its holder lives.
   */
  @func({ cache: "never" })
  async release(takeOver = false): Promise<string> {
    return releaseFrom(this.call(), { takeOver })
  }

  /**
   * Says how a version stands at every target of its release, as JSON; nothing is written.
   * @param version The unfinished release when absent, else the project's own version.
   */
  @func({ cache: "never" })
  async status(version?: string): Promise<string> {
    return statusFrom(this.call(), version)
  }

  /** Says how to rehearse a release: its targets are servers on your machine. */
  @func({ cache: "never" })
  async rehearse(): Promise<string> {
    return tell(refuseRehearsal)
  }

  private async prove(asked: ModuleSelection): Promise<string> {
    return renderSummary((await proveFor(this.call(), asked)).report)
  }

  private call(): ModuleCall {
    const { workspace, source, path, stages, containers, secretNames, secrets } = this
    return { dag, workspace, source, path, stages, containers, secretNames, secrets }
  }
}
