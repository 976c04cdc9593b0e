import type { Client } from "@dagger.io/dagger"
import { QuillonError } from "./errors.js"
import type { Report } from "./pipeline/report.js"
import type { RunFacts, World } from "./pipeline/world.js"
import { createToolchain } from "./toolchain/create-toolchain.js"
import { pythonImage } from "./toolchain/images.js"
import { supervise } from "./toolchain/supervisor.js"
import { classifyThrown } from "./toolchain/thrown.js"

/** What a door brings of its own; the rest of a world is the same for all doors. */
export interface WorldParts
  extends Pick<World, "dag" | "project" | "settings" | "sources">,
    Partial<
      Pick<
        World,
        | "emit"
        | "signal"
        | "clock"
        | "nonce"
        | "secret"
        | "buildSecret"
        | "witness"
        | "store"
        | "salts"
        | "versions"
        | "epoch"
        | "buildRequirements"
        | "explainMissingImage"
        | "readSource"
        | "baseline"
      >
    > {
  /** What the door knows of the run; what it leaves out is unknown in the report. */
  readonly facts?: Partial<Omit<RunFacts, "image">>
}

/** Joins what a door brings with the toolchain and the supervisor. Nothing is asked of the engine yet. */
export function createWorld({ facts, ...parts }: WorldParts): World {
  const { dag, settings } = parts
  return {
    clock: Date.now,
    nonce: () => crypto.randomUUID(),
    emit: () => {},
    signal: new AbortController().signal,
    secret: (name) => {
      throw missingSecret(name)
    },
    ...parts,
    facts: {
      id: `run-${crypto.randomUUID()}`,
      commit: null,
      dirty: null,
      engine: { version: "unknown", host: "unknown" },
      ...facts,
      image: (python) => readImage(dag, pythonImage(settings, python)),
    },
    toolchain: ({ nonce, apt, defaultPython }) =>
      createToolchain({
        dag,
        settings,
        apt,
        defaultPython,
        ...(nonce === undefined ? {} : { nonce }),
        ...(parts.secret === undefined ? {} : { secret: parts.secret }),
      }),
    supervise: (command, { toolchain, ...supervision }) =>
      supervise({ dag, runtime: toolchain.supervisor }, command, supervision),
  }
}

/** The error for a secret that a door does not have. */
export function missingSecret(name: string): QuillonError {
  return new QuillonError({
    code: "MISSING_SECRET",
    message: `the settings name the secret ${name}, and there is none of that name`,
    next: `export ${name}=…`,
    kind: "environment",
  })
}

/** Digest and origin of an image; undefined where there is none of that name. */
async function readImage(dag: Client, name: string): Promise<Report["images"][number] | undefined> {
  const image = dag.container().from(name)
  try {
    const [reference, origin] = await Promise.all([image.imageRef(), image.label("quillon.origin")])
    return { name, digest: reference.split("@")[1] ?? "", origin: origin === "" ? "registry" : origin }
  } catch (error) {
    if (classifyThrown(error).cause === "image-missing") return undefined
    throw error
  }
}
