import type { Container, Directory } from "@dagger.io/dagger"
import { PROGRAMS_PATH, WORK_PATH } from "./places.js"

/** Who owns what the ordinary user of a container may write to. */
export const ORDINARY_USER = "1000:1000"

/** Mounts files of the project that a tool reads and must not change, and works there. */
export function withReadOnlyWork(container: Container, files: Directory): Container {
  return container.withMountedDirectory(WORK_PATH, files, { readOnly: true }).withWorkdir(WORK_PATH)
}

/** Mounts files of the project that belong to the ordinary user, and works there. What is written stays in the container. */
export function withOwnWork(container: Container, files: Directory): Container {
  return container.withMountedDirectory(WORK_PATH, files, { owner: ORDINARY_USER }).withWorkdir(WORK_PATH)
}

/** Puts a program of a stage, or a file for it, into a container; gives the container and the file's path there. */
export function withProgram(
  container: Container,
  file: { readonly name: string; readonly text: string },
): { readonly container: Container; readonly path: string } {
  const path = `${PROGRAMS_PATH}/${file.name}`
  return { container: container.withNewFile(path, file.text), path }
}
