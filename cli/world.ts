import { randomUUID } from "node:crypto"
import type { Client } from "@dagger.io/dagger"
import { QuillonError } from "../src/errors.js"
import type { Report } from "../src/pipeline/report.js"
import type { World } from "../src/pipeline/world.js"
import { createToolchain } from "../src/toolchain/create-toolchain.js"
import { pythonImage } from "../src/toolchain/images.js"
import { supervise } from "../src/toolchain/supervisor.js"
import type { Engine } from "./engine.js"
import { createHostSources } from "./host-sources.js"
import type { Io } from "./io.js"
import type { KnownProject } from "./known-project.js"
import { gatherVersions } from "./version/know-versions.js"

/** What a world is made of. */
export interface WorldParts extends Pick<World, "emit" | "signal" | "witness" | "store" | "salts"> {
  readonly engine: Engine
  readonly known: KnownProject
  readonly id: string
  readonly env: Io["env"]
}

/** Joins everything that a run needs from outside. */
export function createWorld({ engine, known, id, env, ...ports }: WorldParts): World {
  const { dag } = engine
  const { project, settings, git, folder } = known
  return {
    ...ports,
    dag,
    project,
    settings,
    sources: createHostSources(dag, folder),
    facts: {
      id,
      commit: git?.commit ?? null,
      dirty: git?.dirty ?? null,
      engine: { version: engine.version, host: engine.host },
      images: (pythons) => readImages(dag, [...new Set(pythons.map((python) => pythonImage(settings, python)))]),
    },
    versions: () => gatherVersions(known),
    clock: Date.now,
    nonce: randomUUID,
    secret: (name) => {
      if (env[name] === undefined) throw missingSecret(name)
      return dag.secret(`env://${name}`)
    },
    toolchain: ({ nonce, apt }) =>
      createToolchain({
        dag,
        settings,
        apt,
        interpreters: project.interpreters,
        ...(nonce === undefined ? {} : { nonce }),
      }),
    supervise: (command, { toolchain, ...supervision }) =>
      supervise({ dag, runtime: toolchain.supervisor }, command, supervision),
  }
}

/** Digest and origin of images; one that can't be had is left out, its cells say so. */
async function readImages(dag: Client, names: readonly string[]): Promise<Report["images"]> {
  const read = await Promise.allSettled(
    names.map(async (name) => {
      const image = dag.container().from(name)
      const [reference, origin] = await Promise.all([image.imageRef(), image.label("quillon.origin")])
      return { name, digest: reference.split("@")[1] ?? "", origin: origin === "" ? "registry" : origin }
    }),
  )
  return read.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []))
}

function missingSecret(name: string): QuillonError {
  return new QuillonError({
    code: "MISSING_SECRET",
    message: `the secret ${name} is not in the environment`,
    next: `export ${name}=…, or take it out of the stage's secrets`,
    kind: "environment",
  })
}
