import { QuillonError } from "../errors.js"
import type { Evidence, Project } from "./project.js"
import type { Snapshot } from "./snapshot.js"

/** What an image is built from, and how that was found. */
export interface DockerFacts extends Pick<Project, "dockerfile" | "dockerignore"> {
  readonly evidence: readonly Evidence[]
}

/** Finds the Dockerfile, at the top unless the setting names another. @throws QuillonError NO_DOCKERFILE */
export function readDockerfile(snapshot: Snapshot, wanted: string | undefined): DockerFacts {
  if (wanted !== undefined && !snapshot.has(wanted)) throw missing(snapshot, wanted)
  const dockerfile = wanted ?? ["Dockerfile", "Containerfile"].find(snapshot.has)
  // Docker prefers the list that is named after the Dockerfile, which is left to the engine.
  const own = dockerfile !== undefined && snapshot.has(`${dockerfile}.dockerignore`)
  const text = own ? undefined : snapshot.text(".dockerignore")
  return {
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(text === undefined ? {} : { dockerignore: patternsOf(text) }),
    evidence:
      dockerfile === undefined
        ? []
        : [
            {
              fact: "Dockerfile",
              value: dockerfile,
              origin: { file: dockerfile },
              change: "the setting image.dockerfile",
            },
          ],
  }
}

/** The patterns of a `.dockerignore`, which begin at the top whether or not they begin with a slash. */
function patternsOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^(!?)\/+/, "$1"))
    .filter((line) => line !== "" && !line.startsWith("#"))
}

function missing({ paths }: Snapshot, wanted: string): QuillonError {
  const others = paths.filter((path) => /(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$/.test(path)).slice(0, 5)
  return new QuillonError({
    code: "NO_DOCKERFILE",
    message: `image.dockerfile names ${wanted}, which is not there`,
    next: others[0] === undefined ? "Correct the setting image.dockerfile." : `Name one of: ${others.join(", ")}.`,
    kind: "usage",
  })
}
