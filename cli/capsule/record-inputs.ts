import { packagesOf } from "../../src/capsule/compose-inputs.js"
import type { CellInputs, Inputs } from "../../src/capsule/inputs.js"
import type { Capsule } from "../../src/capsule/schema.js"
import type { CellReport, Report } from "../../src/pipeline/report.js"
import type { RunOptions } from "../../src/pipeline/world.js"
import { addressOfReport } from "../board/aftermath.js"
import type { FileDigests } from "./file-digests.js"
import type { CellNote } from "./watch-world.js"

/** What a run's inputs are made of besides its capsule. */
export interface InputsParts {
  readonly report: Report
  readonly notes: ReadonlyMap<string, CellNote>
  readonly files: FileDigests | null
  readonly fresh: RunOptions["fresh"]
}

/** What the cells of a run depended on. The capsule is masked already, arguments of commands come from it. Pure. */
export function inputsOf(capsule: Capsule, { report, notes, files, fresh }: InputsParts): Inputs {
  const { id, quillon, settings, project, images, requirements, buildRequirements } = capsule
  const texts = [requirements, buildRequirements].flatMap((cells) =>
    Object.entries(cells).flatMap(([address, kept]) =>
      Object.entries(kept).map(([file, text]) => ({ address, file, text, of: "project" as const })),
    ),
  )
  return {
    schema: 1,
    id,
    quillon,
    engine: report.engine,
    path: project.path,
    files,
    settings,
    images: images.map(({ name, digest }) => ({ name, digest })),
    packages: packagesOf(texts),
    fresh: fresh === undefined ? [] : fresh === "all" ? ["all"] : [...fresh],
    cells: Object.fromEntries(
      report.cells.map((cell) => {
        const address = addressOfReport(cell)
        const commands = capsule.cells.find((each) => each.address === address)?.commands ?? []
        return [address, cellInputs(cell, commands, notes.get(address))]
      }),
    ),
  }
}

function cellInputs(
  cell: CellReport,
  commands: Capsule["cells"][number]["commands"],
  note: CellNote | undefined,
): CellInputs {
  const { outcome, reason, cached, seconds, attempts, after = [], tools } = cell
  return {
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...{ cached, seconds, attempts, tools, after: [...new Set(after)] },
    commands: commands.map((command) => ({ ...command, salt: { ...note?.commands.get(command.name)?.salt } })),
    views: (note?.views ?? []).map((view) => ({ ...view, include: [...view.include], exclude: [...view.exclude] })),
    gives: Object.fromEntries(note?.gives ?? []),
  }
}
