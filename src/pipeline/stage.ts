import type { Client, Container, Secret } from "@dagger.io/dagger"
import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import type { VersionFacts } from "../release/version/facts.js"
import type { ErrorFacts } from "../toolchain/error-chain.js"
import type { Toolchain } from "../toolchain/toolchain.js"
import type { ArtifactKind, Inputs, Need } from "./artifact.js"
import type { CachePolicy } from "./cache-policy.js"
import type { Cell } from "./cell.js"
import type { Command, Execution } from "./command.js"
import type { Gate } from "./gate.js"
import type { Reading } from "./reading.js"
import type { Sources } from "./sources.js"

/** What is known of the inputs while the graph is made: no file has been read yet. */
export interface InputFacts {
  /** Interpreters that this run examines, as `X.Y`: the project's own, or those of `--python`. */
  readonly pythons: readonly string[]
  /** The one of them for a cell without a matrix that installs what `resolve` chose. */
  readonly defaultPython: string
  /** Cells of the stages of this pipeline that give the kind, in order. */
  cellsGiving(kind: ArtifactKind): readonly Cell[]
}

/** What `commands` may use. Everything in it is lazy or plain data; nothing of it awaits. */
export interface StageContext {
  readonly dag: Client
  readonly project: Project
  readonly settings: Settings
  readonly sources: Sources
  readonly toolchain: Toolchain
  readonly inputs: Inputs
  /** What followed `--` on the command line, for the tool. */
  readonly args: readonly string[]
  /** Present where the stage asks for them (`reads`) and the door can gather them. */
  readonly versions?: VersionFacts
  /** A container whose next steps look at the world: they are repeated after so many seconds, as `observe` says of a stage. */
  observed(container: Container, ttl: number): Container
  /** The hashed requirements file of what builds the project, where an earlier run's is to be taken. */
  readonly buildRequirements?: string
  /** The commit that the tree is; absent where it is none or differs from it. */
  readonly commit?: { readonly id: string; readonly time?: string }
  /** Seconds since 1970 that files of what is built get; absent in ordinary runs, which have one constant time. */
  readonly epoch?: number
  /** A secret that a Dockerfile's `RUN --mount=type=secret,id=NAME` finds. @throws QuillonError `MISSING_SECRET` */
  buildSecret(name: string): Secret
}

/** What `read` may use besides the executions: plain data only, so that it is tested on transcripts. */
export interface ReadContext {
  readonly project: Project
  readonly settings: Settings
  readonly cell: Cell
  /** Present where the stage asks for them (`reads`) and the door can gather them. */
  readonly versions?: VersionFacts
}

/** A step of the pipeline: what it takes and gives, the commands it runs, how to read what came out. */
export interface Stage {
  /** Lower-case word, e.g. `lint`; also the verb of the CLI. */
  readonly name: string
  /** What a person reads on the board. */
  readonly title: string
  readonly gives?: readonly ArtifactKind[]
  readonly takes?: readonly Need[]
  readonly cache: CachePolicy
  /** Its findings can't be accepted by a baseline: a failing test, a vulnerability, versions that disagree. */
  readonly baseline?: "never"
  /** Runs only when it is asked for by name, or when another stage needs it: always, or in some projects. */
  readonly onDemand?: true | ((project: Project, settings: Settings) => boolean)
  /** Facts besides executions; the door gathers them when a stage asks for them, always or for some projects. */
  readonly reads?: "versions" | ((project: Project) => "versions" | undefined)
  /** Policy over findings and measures. Passing when absent. */
  readonly gate?: Gate
  /** A reason why the stage has nothing to do in this project; it is then skipped with it. */
  skip?(project: Project, settings: Settings): string | undefined
  /** The matrix; one cell when absent. */
  cells?(project: Project, inputs: InputFacts): readonly Cell[]
  /** Lazy containers and what to run in them. Pure but for building lazy queries. */
  commands(ctx: StageContext, cell: Cell): readonly Command[]
  /** Pure. What the executions mean. */
  read(executions: readonly Execution[], ctx: ReadContext): Reading
  /** Pure. What an error of the engine means where it is the project's own fault; undefined where it is not. */
  blame?(error: ErrorFacts, ctx: ReadContext): Reading | undefined
}
