import { QuillonError } from "../errors.js"
import type { Project } from "../project/project.js"
import type { ArtifactKind, Need } from "./artifact.js"
import type { Stage } from "./stage.js"

/** Stages in an order in which each stands behind what it takes from. */
export interface Pipeline {
  readonly stages: readonly Stage[]
}

const NAME = /^[a-z][a-z0-9-]*$/

/**
 * Makes a pipeline of stages, ours and one's own, and proves that it can run: names are unique words, each
 * artifact kind is given by one stage, every need that is not optional is given by some stage, and no stage
 * waits for itself.
 *
 * @throws QuillonError `BAD_PIPELINE` naming the stage and what is wrong with it.
 */
export function definePipeline(stages: readonly Stage[]): Pipeline {
  const byName = new Map<string, Stage>()
  for (const stage of stages) {
    if (!NAME.test(stage.name)) throw badPipeline(`stage name "${stage.name}" is not a lower-case word`)
    if (byName.has(stage.name)) throw badPipeline(`two stages are called "${stage.name}"`)
    byName.set(stage.name, stage)
  }
  const givers = giversOf(stages)
  for (const stage of stages) {
    for (const need of stage.takes ?? []) {
      if (!givers.has(need.kind) && !need.optional) {
        throw badPipeline(`stage "${stage.name}" takes "${need.kind}", which no stage gives`)
      }
    }
  }
  return { stages: inOrder(stages, givers) }
}

/** Which stage gives each artifact kind. */
export function giversOf(stages: readonly Stage[]): ReadonlyMap<ArtifactKind, Stage> {
  const givers = new Map<ArtifactKind, Stage>()
  for (const stage of stages) {
    for (const kind of stage.gives ?? []) {
      const other = givers.get(kind)
      if (other !== undefined) throw badPipeline(`stages "${other.name}" and "${stage.name}" both give "${kind}"`)
      givers.set(kind, stage)
    }
  }
  return givers
}

/** True where the stage takes the kind in this project. */
export function isTaken({ where }: Need, project: Project): boolean {
  return where?.(project) ?? true
}

/** Depth-first, keeping the order in which the stages were listed wherever their needs allow it. */
function inOrder(stages: readonly Stage[], givers: ReadonlyMap<ArtifactKind, Stage>): readonly Stage[] {
  const done: Stage[] = []
  const open: Stage[] = []
  const visit = (stage: Stage): void => {
    if (done.includes(stage)) return
    if (open.includes(stage)) {
      const circle = [...open.slice(open.indexOf(stage)), stage].map((s) => s.name).join(" → ")
      throw badPipeline(`stages wait for one another: ${circle}`)
    }
    open.push(stage)
    for (const need of stage.takes ?? []) {
      const giver = givers.get(need.kind)
      if (giver !== undefined) visit(giver)
    }
    open.pop()
    done.push(stage)
  }
  for (const stage of stages) visit(stage)
  return done
}

function badPipeline(message: string): QuillonError {
  return new QuillonError({
    code: "BAD_PIPELINE",
    message,
    next: "see CONTRIBUTING.md, “Writing a stage”",
    kind: "usage",
  })
}
