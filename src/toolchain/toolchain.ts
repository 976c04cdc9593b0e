import type { Container, Directory } from "@dagger.io/dagger"

/** A virtual environment to be made in a container. */
export interface EnvironmentSpec {
  /** Interpreter as `X.Y`. */
  readonly python: string
  /** A hashed requirements file, as `resolve` gives it. */
  readonly requirements?: { readonly directory: Directory; readonly path: string }
  /**
   * Arguments of `python`, run once before the wheel is there, however it ends: what it imports is compiled then, and not
   * again by each command that runs after an edit of the project.
   */
  readonly warmUp?: readonly string[]
  /** Tools of ours by exact pin, e.g. `ruff==0.17.6`; their dependencies are pinned with them. */
  readonly tools?: readonly string[]
  /** A folder with the wheel of the project, installed last and without dependencies. */
  readonly wheel?: { readonly directory: Directory; readonly path: string }
  /** System packages that apt installs before everything else. */
  readonly apt?: readonly string[]
  /** Leaves `uv`, its cache and its settings at hand; without it the command sees nothing of them. */
  readonly uv?: true
}

/**
 * Containers in which stages run their commands: the only place that names an image. All are lazy.
 * An ordinary user `quillon` (uid 1000) with home `/home/quillon`, `LANG=C.UTF-8` and `TZ=UTC` is set.
 */
export interface Toolchain {
  /** The interpreter image as it is, with `uv` at hand and the caches mounted. */
  python(version: string): Container
  /** The interpreter image with the ordinary user and nothing that installs: what a generated image begins with. */
  runtime(version: string): Container
  /** The interpreter with a virtual environment at `/opt/venv`, first on PATH. */
  environment(spec: EnvironmentSpec): Container
  /**
   * The interpreter with a C compiler, for wheels that are not pure; `uv` is at hand, and `auditwheel` and the given
   * tools are in the virtual environment, first on PATH.
   */
  builder(version: string, tools?: readonly string[]): Container
  /** The interpreter that stages without a matrix use, as `X.Y`. */
  readonly defaultPython: string
  /** The supervisor's runtime, mounted into every container that runs a command (`supervise`). */
  readonly supervisor: Directory
}
