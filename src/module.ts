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
  private source?: Directory
  private path: string
  // Lists side by side, because objects within objects do not survive from one call of a chain to the next.
  private stages: string[] = []
  private containers: Container[] = []
  private secretNames: string[] = []
  private secrets: Secret[] = []
  // The workspace comes to each function, because an object that holds it is made anew, by a call of its own, each time.

  /**
   * @param source The Python project; the folder in which dagger was called when absent.
   * @param path Where the project lies in the workspace, or in the source.
   */
  constructor(source?: Directory, path = ".") {
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
  async ci(workspace: Workspace, only: string[] = [], skip: string[] = [], fresh: string[] = []): Promise<string> {
    return this.prove(workspace, selectionOf({ only, skip, fresh }))
  }

  /**
   * Runs the whole pipeline and never fails on findings: summary, outcome, report and artifacts are of the result.
   * @param only These stages or cells and what they need, e.g. lint,test@3.11.
   * @param skip Without these.
   * @param fresh Runs the commands of these again although the engine remembers them.
   */
  @func({ cache: "never" })
  async run(workspace: Workspace, only: string[] = [], skip: string[] = [], fresh: string[] = []): Promise<Run> {
    const { report, folder, artifacts } = await runFor(this.call(workspace), selectionOf({ only, skip, fresh }))
    const { outcome } = report
    return Object.assign(new Run(), { summary: renderSummary(report), outcome, report: folder, artifacts })
  }

  /** Proves that all places which state the version agree. */
  @func({ cache: "never" })
  @check()
  async version(workspace: Workspace): Promise<string> {
    return this.prove(workspace, { only: ["version"] })
  }

  /** Checks code and format with ruff. */
  @func({ cache: "never" })
  @check()
  async lint(workspace: Workspace): Promise<string> {
    return this.prove(workspace, { only: ["lint"] })
  }

  /** The changes that ruff's fixes and format would make; Dagger shows them, and asks before it writes. */
  @func({ cache: "never" })
  async lintFix(workspace: Workspace): Promise<Changeset> {
    return tell(() => fixOf(this.call(workspace)))
  }

  /** Checks types with mypy, the project's dependencies installed. */
  @func({ cache: "never" })
  @check()
  async types(workspace: Workspace): Promise<string> {
    return this.prove(workspace, { only: ["types"] })
  }

  /** Looks for unsafe code in the packages with bandit. */
  @func({ cache: "never" })
  @check()
  async security(workspace: Workspace): Promise<string> {
    return this.prove(workspace, { only: ["security"] })
  }

  /** Looks for known vulnerabilities in the dependencies, at an advisory service. */
  @func({ cache: "never" })
  @check()
  async audit(workspace: Workspace): Promise<string> {
    return this.prove(workspace, { only: ["audit"] })
  }

  /** Reports dependencies that are not the newest; fails where outdated.gate asks for it. */
  @func({ cache: "never" })
  @check()
  async outdated(workspace: Workspace): Promise<string> {
    return this.prove(workspace, { only: ["outdated"] })
  }

  /** Builds sdist and wheel, checks what is in them, and gives both; none for an application that is not built. */
  @func({ cache: "never" })
  @check()
  async build(workspace: Workspace): Promise<Directory> {
    const { report, artifacts } = await proveFor(this.call(workspace), { only: ["build"] })
    return distributionsOf(dag, report, artifacts)
  }

  /**
   * Tests the built wheel with pytest on each Python that the project supports.
   * @param python Only this interpreter, e.g. 3.11.
   * @param args For pytest, e.g. -k.
   */
  @func({ cache: "never" })
  @check()
  async test(workspace: Workspace, python?: string, args: string[] = []): Promise<string> {
    return this.prove(workspace, { only: ["test"], args, ...(python ? { pythons: [python] } : {}) })
  }

  /** Combines what the tests on all Pythons covered, and demands what the project demands. */
  @func({ cache: "never" })
  @check()
  async coverage(workspace: Workspace): Promise<string> {
    return this.prove(workspace, { only: ["coverage"] })
  }

  /** Builds the image, starts it, and gives it. */
  @func({ cache: "never" })
  async image(workspace: Workspace): Promise<Container> {
    return tell(async () => imageOf(dag, await proveFor(this.call(workspace), { only: ["image"] })))
  }

  /** Proves that the image builds and starts, where the project ships one. */
  @func({ cache: "never" })
  @check()
  async imageStarts(workspace: Workspace): Promise<string> {
    return this.prove(workspace, { only: ["image"] })
  }

  /** Writes a bill of materials of the wheel and what it installs, as CycloneDX JSON. */
  @func({ cache: "never" })
  @check()
  async sbom(workspace: Workspace): Promise<File> {
    return tell(async () => fileOf(await proveFor(this.call(workspace), { only: ["sbom"] }), "sbom", "sbom"))
  }

  /** Says what the project is and where each fact was read, as JSON. */
  @func({ cache: "never" })
  async inspect(workspace: Workspace): Promise<string> {
    return tell(() => inspectionOf(this.call(workspace)))
  }

  /**
   * The container of a stage as it was before the command that failed: add terminal for a shell, or use quillon debug.
   * @param stage A stage or one cell of it, e.g. test@3.11.
   * @param command One of several commands of the stage; the failing one when absent.
   */
  @func({ cache: "never" })
  async shell(workspace: Workspace, stage: string, command?: string): Promise<Container> {
    return tell(async () =>
      containerOf(await runFor(this.call(workspace), { only: [stage] }), stage, command ?? undefined),
    )
  }

  /**
   * Says the version, every place that states it and the verdict, as JSON; or one spelling of it alone.
   * @param as semver, pep440 or image.
   */
  @func({ cache: "never" })
  async versionShow(workspace: Workspace, as?: string): Promise<string> {
    return tell(() => showOf(releaseCallerOf(this.call(workspace)), as))
  }

  /** The changes after which every place says the version that decides. */
  @func({ cache: "never" })
  async versionSync(workspace: Workspace): Promise<Changeset> {
    return tell(() => syncOf(releaseCallerOf(this.call(workspace))))
  }

  /**
   * The changes that write the next version into every place.
   * @param step major, minor, patch, prerelease, or a version X.Y.Z.
   * @param label What a prerelease is called: dev, alpha, beta or rc.
   */
  @func({ cache: "never" })
  async versionBump(workspace: Workspace, step: string, label?: string): Promise<Changeset> {
    return tell(() => bumpOf(releaseCallerOf(this.call(workspace)), step, label))
  }

  /**
   * Says what the next release would do and why, as Markdown; nothing is written.
   * @param at What would have been released at this commit.
   * @param since What would be released if this tag were the last release.
   * @param channel What is released, over what the branch releases: final, dev, alpha, beta or rc.
   */
  @func({ cache: "never" })
  async plan(workspace: Workspace, at?: string, since?: string, channel?: string): Promise<string> {
    return tell(() => planPage(releaseCallerOf(this.call(workspace)), { at, since, channel }))
  }

  /**
   * The plan file of the next release, plan.json.
   * @param at What would have been released at this commit.
   * @param since What would be released if this tag were the last release.
   * @param channel What is released, over what the branch releases: final, dev, alpha, beta or rc.
   */
  @func({ cache: "never" })
  async planFile(workspace: Workspace, at?: string, since?: string, channel?: string): Promise<File> {
    const plan = await tell(() => planJson(releaseCallerOf(this.call(workspace)), { at, since, channel }))
    return dag.file("plan.json", plan)
  }

  /**
   * Carries out the next release, or finishes the one that was begun. Chain with-secret for its credentials.
   * @param takeOver Finishes it also where nobody knows whether its holder lives.
   */
  @func({ cache: "never" })
  async release(workspace: Workspace, takeOver = false): Promise<string> {
    return releaseFrom(this.call(workspace), { takeOver })
  }

  /**
   * Says how a version stands at every target of its release, as JSON; nothing is written.
   * @param version The unfinished release when absent, else the project's own version.
   */
  @func({ cache: "never" })
  async status(workspace: Workspace, version?: string): Promise<string> {
    return statusFrom(this.call(workspace), version)
  }

  /** Says how to rehearse a release: its targets are servers on your machine. */
  @func({ cache: "never" })
  async rehearse(): Promise<string> {
    return tell(refuseRehearsal)
  }

  private async prove(workspace: Workspace, asked: ModuleSelection): Promise<string> {
    return renderSummary((await proveFor(this.call(workspace), asked)).report)
  }

  private call(workspace: Workspace): ModuleCall {
    const { source, path, stages, containers, secretNames, secrets } = this
    return { dag, workspace, source, path, stages, containers, secretNames, secrets }
  }
}
