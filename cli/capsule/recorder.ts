import { rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { composeCapsule, type RequirementsText } from "../../src/capsule/compose-capsule.js"
import { INPUTS_FILE } from "../../src/capsule/inputs.js"
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
import { digestFolder, digestTree, type FileDigests } from "./file-digests.js"
import { type ChangedPaths, changedPaths, NOTHING_CHANGED, remoteOf } from "./git-state.js"
import { readKeptRequirements } from "./kept-requirements.js"
import { readChanges } from "./read-changes.js"
import { inputsOf } from "./record-inputs.js"
import { createServiceImages } from "./service-images.js"
import { type CellNote, watchWorld } from "./watch-world.js"

/** What a capsule is recorded with. */
export interface RecorderParts {
  readonly env: Io["env"]
  /** The project's folder. */
  readonly project: string
  /** The run's folder. */
  readonly folder: string
  /** Version of Quillon. */
  readonly version: string
  /** Of the engine's containers, e.g. `linux/amd64`. */
  readonly platform: string
  /** Root of the git work tree; absent outside git. */
  readonly root?: string | undefined
  /** Where what runs is not the work tree, but a commit of its repository. */
  readonly tree?: "elsewhere" | undefined
  readonly plan: RunOptions & Selection
}

/** Writes a run's capsule, and what its cells depended on: what is known at the start, and what each cell adds, so that a killed run has one too. */
export interface CapsuleRecorder {
  /** The world in which the run is to go. */
  readonly world: World
  /** A listener that hears each event before another one. */
  before(next: Listener): Listener
  /** Writes all of it. A disk that takes no more costs the capsule, never the run. */
  finish(report: Report): Promise<void>
}

/** Writes a file in one step for whoever looks at the same time. */
async function writeWhole(file: string, value: unknown): Promise<void> {
  const draft = `${file}.draft`
  await writeFile(draft, `${JSON.stringify(value, null, 1)}\n`)
    .then(() => rename(draft, file))
    .catch(() => {})
}

/** Begins to record. Nothing is waited for. */
export function recordCapsule(parts: RecorderParts, unwatched: World, id: string): CapsuleRecorder {
  const { env, folder, version, platform, root, plan } = parts
  const { settings, facts, project, dag } = unwatched
  const { world, notes, images } = watchWorld(unwatched)
  const names = namedSecrets(settings)
  const secrets = knownSecrets(env, names)
  const ended: CellReport[] = []
  const services = createServiceImages(dag)
  let known: Pick<Capsule, "remote" | "changes"> = {
    remote: null,
    changes: { kind: "unknown", files: [], missing: [] },
  }
  const dirty = root !== undefined && facts.dirty === true
  const changed = dirty ? changedPaths(root) : Promise.resolve(NOTHING_CHANGED)
  const learning = learn()
  const digesting = digest(parts, changed)
  let writing = write([], undefined)
  let waiting = false

  async function learn(): Promise<void> {
    const [remote, changes] = await Promise.all([
      root === undefined ? null : remoteOf(root),
      readChanges({ root: root ?? "", dirty, changed, wanted: settings.runs.patch, secrets }),
    ])
    known = { remote, changes }
  }

  async function write(texts: readonly RequirementsText[], report: Report | undefined): Promise<Capsule> {
    const { remote, changes } = known
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
    await writeWhole(join(folder, CAPSULE_FILE), capsule)
    return capsule
  }

  /** One after the other; what is not known yet comes with the next. */
  function writeAgain(report?: Report): Promise<Capsule> {
    writing = writing.then(async () => {
      waiting = false
      return write(await readKeptRequirements(folder, report?.cells ?? ended), report)
    })
    return writing
  }
  /** Several pieces of news in a row are one write. */
  function writeSoon(): void {
    if (waiting) return
    waiting = true
    void writeAgain()
  }
  void learning.then(writeSoon)

  return {
    world,
    before: (next) => (event) => {
      if (event.kind === "cell-started") services.look(stageSettings(settings, event.address.split("@")[0] ?? ""))
      if (event.kind === "cell-finished") {
        ended.push(event.report)
        // What a killed run needs most; each cell would be a write for little.
        if (event.report.artifacts.some(({ path }) => path.includes("requirements/"))) writeSoon()
      }
      next(event)
    },
    async finish(report) {
      await Promise.all([learning, services.settled()])
      const capsule = await writeAgain(report)
      const inputs = inputsOf(capsule, { report, notes, files: await digesting, fresh: plan.fresh })
      await writeWhole(join(folder, INPUTS_FILE), inputs)
    },
  }
}

async function digest(
  { root, project, tree }: RecorderParts,
  changed: Promise<ChangedPaths | undefined>,
): Promise<FileDigests | null> {
  if (tree === "elsewhere") return null
  const digests = root === undefined ? digestFolder(project) : digestTree(root, changed)
  return digests.catch(() => null)
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
