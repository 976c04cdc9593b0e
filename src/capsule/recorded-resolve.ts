import { addressOf } from "../pipeline/cell.js"
import type { Pipeline } from "../pipeline/pipeline.js"
import type { Stage } from "../pipeline/stage.js"
import type { Capsule } from "./schema.js"

const PLACE = "/tmp/quillon-recorded"
const KIND = "requirements"

/**
 * A pipeline in which the stage that resolves gives what a run had resolved, for the cells of which the capsule has all;
 * the others resolve anew.
 */
export function withRecordedRequirements({ stages }: Pipeline, capsule: Capsule): Pipeline {
  return { stages: stages.map((stage) => (stage.gives?.includes(KIND) ? recorded(stage, capsule) : stage)) }
}

/** The requirements files of a cell, where the capsule has every one that the run had. */
export function recordedRequirements(
  { requirements, withoutRequirements }: Capsule,
  address: string,
): Readonly<Record<string, string>> | undefined {
  return withoutRequirements.some((path) => path.startsWith(`${address}/`)) ? undefined : requirements[address]
}

function recorded(stage: Stage, capsule: Capsule): Stage {
  const filesOf = (cell: Parameters<Stage["commands"]>[1]) => recordedRequirements(capsule, addressOf(stage.name, cell))
  return {
    ...stage,
    commands(ctx, cell) {
      const files = filesOf(cell)
      if (files === undefined) return stage.commands(ctx, cell)
      const { toolchain } = ctx
      const container = Object.entries(files).reduce(
        (made, [name, text]) => made.withNewFile(`${PLACE}/${name}`, text),
        toolchain.runtime(cell.python ?? toolchain.defaultPython),
      )
      // What is kept is all that it is for.
      return [{ name: "recorded", container, argv: ["python3", "-c", ""], keeps: [{ kind: KIND, path: PLACE }] }]
    },
    read(executions, ctx) {
      if (filesOf(ctx.cell) === undefined) return stage.read(executions, ctx)
      return { kind: "looked", findings: [], measures: {}, tools: [] }
    },
  }
}
