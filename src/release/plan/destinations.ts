import { type ForgeKind, findForge } from "../notes/forge.js"
import type { ReleasePolicy } from "../policy-settings.js"

/** Where a release goes. */
export interface Destinations {
  readonly testIndex: string | null
  readonly index: string | null
  readonly image: string | null
  readonly forge: ForgeKind | null
  readonly deploy: readonly string[]
}

/** Reads the destinations from the settings; the forge from the git remote where they leave it open. */
export function destinationsOf(
  { targets, links }: Pick<ReleasePolicy, "targets" | "links">,
  { remote, builds }: { remote: string | null; builds: boolean },
): Destinations {
  const forge = targets.forge === "auto" ? (findForge(remote, links)?.kind ?? null) : targets.forge || null
  return {
    testIndex: builds ? targets.testIndex || null : null,
    index: builds ? targets.index || null : null,
    image: targets.image || null,
    forge: remote === null ? null : forge,
    deploy: targets.deploy,
  }
}
