import type { Answer, Call } from "../http/exchange.js"
import { notFound, refuse } from "./refusal.js"
import type { Permission, Place } from "./render.js"
import type { ForgeState, ForgeStore, StoredRelease } from "./state.js"

/** Tags of the repository that the forge hosts. */
export interface HostedTags {
  /** Whether the tag is there. */
  has(tag: string): Promise<boolean>
  /** Makes a tag on a branch or commit; false where there is no such commit. */
  create(tag: string, target: string): Promise<boolean>
}

/** What one request works with. */
export interface Scene {
  readonly call: Call
  readonly store: ForgeStore
  readonly state: ForgeState
  readonly tags: HostedTags
  readonly place: Place
  readonly permission: Permission
  readonly isPrivate: boolean
  /** Login of the caller; empty without a token. */
  readonly who: string
  /** ISO 8601. */
  readonly now: string
  /** True once for an upload that is to break off on the service's side. */
  breaksUpload(): boolean
}

/** A request of one kind: its method, its path below the repository, and what is answered. */
export interface Route {
  readonly method: string
  readonly path: RegExp
  /** @param id what the path's first group caught */
  answer(scene: Scene, id: string): Answer | Promise<Answer>
}

/** The releases that the caller sees, newest first: drafts are shown to those alone who may push. */
export function visibleReleases({ state, permission }: Scene): readonly StoredRelease[] {
  return state.releases.filter(({ draft }) => !draft || permission.push).toReversed()
}

/** A release by its id, where the caller sees it. */
export function findRelease(scene: Scene, id: string): StoredRelease | undefined {
  return visibleReleases(scene).find((release) => release.id === Number(id))
}

/** Refuses callers who may not write: with 404 where they would not be told of the thing. */
export function refusalToWrite({ permission, who }: Scene): Answer | undefined {
  if (permission.push) return undefined
  return who === "" ? notFound() : refuse(403, "Resource not accessible by personal access token")
}
