import { rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { composeCapsule, type RequirementsText } from "../../src/capsule/compose-capsule.js"
import { knownSecrets, withoutCredentials } from "../../src/capsule/masking.js"
import { CAPSULE_FILE, type Capsule, type CapsuleCell } from "../../src/capsule/schema.js"
import type { Listener } from "../../src/pipeline/event.js"
import type { CellReport, Report } from "../../src/pipeline/report.js"
import type { Selection } from "../../src/pipeline/selection.js"
import { stageSettings } from "../../src/pipeline/stage-settings.js"
import type { RunOptions, World } from "../../src/pipeline/world.js"
import { addressOfReport } from "../board/aftermath.js"
import type { Io } from "../io.js"
import { namedSecrets } from "../wrappers/named-secrets.js"
import { remoteOf } from "./git-state.js"
import { readKeptRequirements } from "./kept-requirements.js"
import { readChanges } from "./read-changes.js"
import { createServiceImages } from "./service-images.js"
import { type CellNote, watchWorld } from "./watch-world.js"

/** What a capsule is recorded with. */
export interface RecorderParts {
  readonly env: Io["env"]
  /** The run's folder. */
  readonly folder: string
  /** Version of Quillon. */
  readonly version: string
  /** Root of the git work tree; absent outside git. */
  readonly root?: string | undefined
  readonly plan: RunOptions & Selection
}

/** Writes a run's capsule: what is known at the start, and what each cell adds, so that a killed run has one too. */
export interface CapsuleRecorder {
  /** The world in which the run is to go. */
  readonly world: World
  /** What the run noted of its cells, by address. */
  readonly notes: ReadonlyMap<string, CellNote>
  /** A listener that hears each event before another one. */
  before(next: Listener): Listener
  /** Writes the whole. A disk that takes no more costs the capsule, never the run. */
  finish(report: Report): Promise<void>
}

/** Begins to record. Nothing is waited for. */
export function recordCapsule(parts: RecorderParts, unwatched: World, id: string): CapsuleRecorder {
  const { env, folder, version, root, plan } = parts
  const { settings, facts, project, dag } = unwatched
  const { world, notes, images } = watchWorld(unwatched)
  const names = namedSecrets(settings)
  const secrets = knownSecrets(env, names)
  const ended: CellReport[] = []
  const services = createServiceImages(dag)
  let known: Pick<Capsule, "remote" | "changes"> & { readonly platform: string | null } = {
    platform: null,
    remote: null,
    changes: { kind: "unknown", files: [], missing: [] },
  }
  const learning = learn()
  let writing = write([], undefined)

  async function learn(): Promise<void> {
    const wish = { root: root ?? "", dirty: root !== undefined && facts.dirty === true }
    const [platform, remote, changes] = await Promise.all([
      dag.defaultPlatform().catch(() => null),
      root === undefined ? null : remoteOf(root),
      readChanges({ ...wish, wanted: settings.runs.patch, secrets }),
    ])
    known = { platform, remote, changes }
  }

  async function write(texts: readonly RequirementsText[], report: Report | undefined): Promise<void> {
    const { platform, remote, changes } = known
    const capsule = composeCapsule(
      {
        id,
        started: report?.started ?? new Date(world.clock()).toISOString(),
        ended: report !== undefined,
        quillon: version,
        engine: { version: facts.engine.version, platform },
        project: { name: project.name, path: project.path },
        commit: facts.commit,
        remote,
        changes,
        settings: { ...settings, index: withoutPasswords(settings.index) },
        request: requestOf(plan),
        secrets: [...names],
        images: [...images.values(), ...services.known()],
        texts,
        cells: (report?.cells ?? ended).map((cell) => describeCell(cell, notes, settings)),
      },
      secrets,
    )
    const file = join(folder, CAPSULE_FILE)
    const draft = `${file}.draft`
    await writeFile(draft, `${JSON.stringify(capsule, null, 1)}\n`).then(
      () => rename(draft, file),
      () => {},
    )
  }

  /** One after the other; what is not known yet comes with the next. */
  function writeAgain(report?: Report): Promise<void> {
    writing = writing.then(async () => write(await readKeptRequirements(folder, report?.cells ?? ended), report))
    return writing
  }
  void learning.then(() => writeAgain())

  return {
    world,
    notes,
    before: (next) => (event) => {
      if (event.kind === "cell-started") services.look(stageSettings(settings, event.address.split("@")[0] ?? ""))
      if (event.kind === "cell-finished") {
        ended.push(event.report)
        // What a killed run needs most; each cell would be a write for little.
        if (event.report.artifacts.some(({ path }) => path.includes("requirements/"))) void writeAgain()
      }
      next(event)
    },
    async finish(report) {
      await Promise.all([learning, services.settled()])
      await writeAgain(report)
    },
  }
}

function requestOf({ args = [], only, timeoutSeconds }: RunOptions & Selection): Capsule["request"] {
  return {
    args: [...args],
    ...(only === undefined ? {} : { only: [...only] }),
    ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds }),
  }
}

function withoutPasswords(index: World["settings"]["index"]): World["settings"]["index"] {
  const { url, extra } = index
  return {
    ...index,
    ...(url === undefined ? {} : { url: withoutCredentials(url) }),
    extra: extra.map((each) => ({ ...each, url: withoutCredentials(each.url) })),
  }
}

function describeCell(
  report: CellReport,
  notes: ReadonlyMap<string, CellNote>,
  settings: World["settings"],
): CapsuleCell {
  const address = addressOfReport(report)
  const { env, secrets, services } = stageSettings(settings, report.stage)
  const commands = [...(notes.get(address)?.commands.values() ?? [])]
  return {
    address,
    outcome: report.outcome,
    ...(report.reason === undefined ? {} : { reason: report.reason }),
    environment: Object.keys(env).sort(),
    secrets: [...new Set([...secrets, ...Object.values(services).flatMap((service) => service.secrets)])].sort(),
    commands: commands.map(({ name, argv, timeout }) => ({ name, argv: [...argv], timeout })),
  }
}
