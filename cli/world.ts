import { createWorld } from "../src/create-world.js"
import type { World } from "../src/pipeline/world.js"
import type { Engine } from "./engine.js"
import { createHostFiles } from "./host-files.js"
import { readSecret } from "./host-secret.js"
import { createHostSources } from "./host-sources.js"
import type { Io } from "./io.js"
import type { KnownProject } from "./known-project.js"
import { gatherVersions } from "./version/know-versions.js"

/** What the world of a run on this machine is made of. */
export interface HostWorldParts
  extends Pick<World, "emit" | "signal" | "witness" | "store" | "salts" | "baseline" | "buildRequirements"> {
  readonly engine: Engine
  readonly known: KnownProject
  readonly id: string
  readonly env: Io["env"]
}

/** The world of a run on this machine: files, git and secrets are those of the person who runs it. */
export function createHostWorld({ engine, known, id, env, ...ports }: HostWorldParts): World {
  const { dag, version, host } = engine
  const { project, settings, git, folder } = known
  const files = createHostFiles(folder)
  return createWorld({
    ...ports,
    dag,
    project,
    settings,
    sources: createHostSources(dag, { root: git?.root ?? folder, path: project.path }),
    facts: {
      id,
      commit: git?.commit ?? null,
      dirty: git?.dirty ?? null,
      committed: git?.committed ?? null,
      engine: { version, host },
    },
    ...hostPorts(engine, env),
    readSource: (file) => files.read(file),
    versions: () => gatherVersions(known),
  })
}

/** What a world has of this machine, whatever project runs in it: its secrets, and what its engine can tell. */
export function hostPorts(
  { dag, host }: Pick<Engine, "dag" | "host">,
  env: Io["env"],
): Pick<World, "secret" | "buildSecret" | "explainMissingImage"> {
  return {
    explainMissingImage: async (image) => {
      const { missingImage, servedBy } = await import("../engine/missing-image.js")
      const served = await servedBy(host, env)
      return served === undefined ? undefined : missingImage(image, served)
    },
    secret: (name) => {
      readSecret(env, name)
      return dag.secret(`env://${name}`)
    },
    buildSecret: (name) => dag.setSecret(name, readSecret(env, name)),
  }
}
