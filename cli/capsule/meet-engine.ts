import { describeDifferences } from "../../src/capsule/differences.js"
import { pinned, pinSettings } from "../../src/capsule/pin-settings.js"
import type { Capsule } from "../../src/capsule/schema.js"
import { stageSettings } from "../../src/pipeline/stage-settings.js"
import type { Settings } from "../../src/project/settings.js"
import { pythonImage } from "../../src/toolchain/images.js"
import type { DebugPlan } from "../debug/go-to-cell.js"
import type { Engine } from "../engine.js"
import type { Io } from "../io.js"
import { neutraliseLine } from "../neutralise.js"
import type { CapsulePlan } from "./plan-debug.js"

/** Where a capsule is opened. */
export interface Meeting {
  readonly engine: Pick<Engine, "dag" | "version" | "platform">
  /** Version of this Quillon. */
  readonly version: string
}

/** Pins the images that this engine can have, and says what is not as it was in the run. */
export async function meetEngine(io: Io, plan: CapsulePlan, { engine, version }: Meeting): Promise<DebugPlan> {
  const { known, opened, nodes, pythons } = plan
  const { capsule } = opened
  const { settings } = known
  const wanted = imagesFor(capsule, settings, {
    pythons,
    stages: nodes.map(({ stage }) => stage.name),
  })
  const found = await Promise.all(wanted.map((image) => isThere(engine, pinned(image))))
  const giving = (kind: string) =>
    nodes.filter(({ stage }) => stage.gives?.includes(kind)).map(({ address }) => address)
  const lines = describeDifferences(capsule, {
    quillon: version,
    engine: engine.version,
    platform: engine.platform,
    gone: wanted.filter((_, at) => !found[at]).map(pinned),
    without: capsule.masked.filter((name) => !io.env[name]),
    resolves: giving("requirements").filter((address) => address !== plan.cell.address),
    builds: giving("build-requirements"),
  })
  const handed = plan.secrets.length === 0 ? [] : [`secrets of your environment go into it: ${plan.secrets.join(", ")}`]
  for (const line of [...lines, ...handed]) io.stderr.write(`  ${neutraliseLine(line)}\n`)
  const there = wanted.filter((_, at) => found[at])
  return { ...plan, known: { ...known, settings: pinSettings(settings, there, pythons) } }
}

interface Interest {
  readonly pythons: readonly string[]
  readonly stages: readonly string[]
}

/** The images of a capsule that the way to the cell needs. */
function imagesFor({ images }: Capsule, settings: Settings, { pythons, stages }: Interest): Capsule["images"] {
  const services = stages.flatMap((stage) => Object.values(stageSettings(settings, stage).services))
  const names = new Set([
    ...pythons.map((python) => pythonImage(settings, python)),
    ...services.flatMap(({ image }) => image ?? []),
  ])
  return images.filter(({ name, digest }) => names.has(name) && digest !== "")
}

async function isThere({ dag }: Pick<Engine, "dag">, address: string): Promise<boolean> {
  return dag
    .container()
    .from(address)
    .imageRef()
    .then(
      () => true,
      () => false,
    )
}
