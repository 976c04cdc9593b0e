import type { ImageRegistry } from "../../targets/ports/image-registry.js"
import { type Act, type ActSight, actOn } from "./act.js"
import { newerHolder } from "./floating.js"

interface FloatingTag {
  readonly tag: string
  readonly digest: string
  /** As SemVer. */
  readonly version: string
}

/** The act of moving a floating tag, passed over where a newer version of its line is in the registry. */
export function floatingAct(registry: ImageRegistry, { tag, digest, version }: FloatingTag): Act {
  const name = { id: `image-tags:${tag}`, what: tag, where: registry.name, replaceable: true }
  const act = actOn(registry.tags, { tag, digest, kind: "floating" }, name)
  const look = async (): Promise<ActSight> => {
    const held = await registry.held()
    if (held.kind !== "found") return held
    const newer = newerHolder(tag, version, held.value)
    return newer === undefined
      ? act.probe()
      : { kind: "passed-over", why: `${tag} belongs to ${newer}, which is newer` }
  }
  return { ...act, probe: look }
}
