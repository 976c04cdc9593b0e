import type { Problem } from "../src/errors.js"
import type { ServedImage } from "./registry.js"

/** The problem of an image that this engine does not serve: it names those that it has. */
export function missingImage(reference: string, served: readonly Pick<ServedImage, "name">[]): Problem {
  const name = shortName(reference)
  const names = served.map((image) => image.name).filter((other) => !/-slim-\w+$/.test(other))
  return {
    code: "IMAGE_NOT_SERVED",
    message: `${name} is not served by this engine; it has: ${names.join(", ")}`,
    next: "choose one of these, or an engine that reaches an image registry (_EXPERIMENTAL_DAGGER_RUNNER_HOST)",
    kind: "environment",
  }
}

/** Whether a pull error of the engine means that the image is in none of the registries it could reach. */
export function isMissingImage(error: string): boolean {
  return /failed to resolve (source metadata|image)|manifest unknown|pull access denied|: not found/i.test(error)
}

/** Docker Hub's full names as people write them: `docker.io/library/python:3.12-slim@sha256:…` → `python:3.12-slim`. */
export function shortName(reference: string): string {
  return reference
    .replace(/@sha256:[0-9a-f]+$/, "")
    .replace(/^(?:index\.)?docker\.io\//, "")
    .replace(/^library\//, "")
}
