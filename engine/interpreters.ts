import type { BootstrapRecipe } from "./bootstrap.js"

/** An interpreter image that this engine serves under the names of Docker's. */
export interface InterpreterImage {
  /** `X.Y` */
  readonly python: string
  readonly suite: string
  /** A suite that may be missing or broken on a mirror does not stop `up`; it is said. */
  readonly need: "always" | "if-possible"
}

/** Debian's suites and the Python that each has; oldest first. */
export const INTERPRETERS: readonly InterpreterImage[] = [
  { python: "3.9", suite: "bullseye", need: "always" },
  { python: "3.11", suite: "bookworm", need: "always" },
  { python: "3.13", suite: "trixie", need: "always" },
  { python: "3.14", suite: "forky", need: "if-possible" },
]

/** What Docker's images have beside the essential packages, and no more: no git, no compiler. */
const PACKAGES = ["python3", "python3-venv", "python3-pip", "ca-certificates", "netbase", "tzdata"]

/** How an image is bootstrapped; `finish` makes Debian's Python look like Docker's. */
export function interpreterRecipe(
  image: InterpreterImage,
  finish: { readonly script: string; readonly id: string },
): BootstrapRecipe {
  return { suite: image.suite, packages: PACKAGES, finish }
}

/** The repository tags of an image; the newest one that is served is also `3-slim` and `slim`. */
export function interpreterTags(image: InterpreterImage, served: readonly InterpreterImage[]): readonly string[] {
  const own = [`${image.python}-slim`, `${image.python}-slim-${image.suite}`]
  const newest = served.filter((other) => other.need === "always").at(-1)
  return newest?.python === image.python ? [...own, "3-slim", "slim"] : own
}

/** Reads the interpreter's full version (`3.11.2`) from the image's dpkg status file; undefined when it is not installed. */
export function pythonVersion(status: string, python: string): string | undefined {
  const package_ = status.split("\n\n").find((block) => block.startsWith(`Package: python${python}-minimal\n`))
  return /^Version: (\d+\.\d+\.\d+)/m.exec(package_ ?? "")?.[1]
}
