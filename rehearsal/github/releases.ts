import type { FieldError } from "./refusal.js"
import type { ForgeState, StoredRelease } from "./state.js"

/** What a request may say of a release; names as in GitHub's API. */
export interface ReleaseInput {
  readonly tag_name?: string
  readonly target_commitish?: string
  readonly name?: string | null
  readonly body?: string | null
  readonly draft?: boolean
  readonly prerelease?: boolean
  readonly make_latest?: "true" | "false" | "legacy"
}

/** A change of the state, or why GitHub refuses it. */
export type Change =
  | { readonly kind: "changed"; readonly state: ForgeState; readonly release: StoredRelease }
  | { readonly kind: "refused"; readonly errors: readonly FieldError[] }

/** Who changes something, and when (ISO 8601). */
export interface ChangeContext {
  readonly who: string
  readonly now: string
}

/** Makes a release or a draft. A tag may have any number of drafts, and one published release. */
export function createRelease(state: ForgeState, input: ReleaseInput, { who, now }: ChangeContext): Change {
  const release: StoredRelease = {
    id: state.nextId,
    tag: input.tag_name ?? "",
    target: input.target_commitish ?? "main",
    name: input.name ?? null,
    body: input.body ?? null,
    draft: true,
    prerelease: input.prerelease ?? false,
    immutable: false,
    author: who,
    created: now,
    published: null,
    updated: now,
    assets: [],
  }
  const begun = { ...state, nextId: state.nextId + 1, releases: [...state.releases, release] }
  return input.draft === true
    ? settle(begun, release, input.make_latest)
    : publish(begun, release, { now, makeLatest: input.make_latest })
}

/** Changes a release; a draft that stops being one is published. */
export function updateRelease(state: ForgeState, before: StoredRelease, request: UpdateRequest): Change {
  const { input, now } = request
  const asked = {
    ...before,
    tag: input.tag_name ?? before.tag,
    target: input.target_commitish ?? before.target,
    name: input.name === undefined ? before.name : input.name,
    body: input.body === undefined ? before.body : input.body,
    prerelease: input.prerelease ?? before.prerelease,
    updated: now,
  }
  if (before.immutable && (asked.tag !== before.tag || asked.target !== before.target || input.draft === true)) {
    return refused({ code: "custom", field: "tag_name", message: "an immutable release can't be changed" })
  }
  if (before.draft && input.draft === false) return publish(state, asked, { now, makeLatest: input.make_latest })
  const back = input.draft === true ? { ...asked, draft: true, published: null } : asked
  if (!back.draft && isTaken(state, back)) return refused({ code: "already_exists", field: "tag_name" })
  return settle(replace(state, back), back, input.make_latest)
}

/** What {@link updateRelease} is asked for. */
export interface UpdateRequest {
  readonly input: ReleaseInput
  readonly now: string
}

/** Deletes a release; the tag of an immutable one stays spent. */
export function deleteRelease(state: ForgeState, release: StoredRelease): ForgeState {
  return {
    ...state,
    releases: state.releases.filter(({ id }) => id !== release.id),
    latest: state.latest === release.id ? null : state.latest,
    spentTags: release.immutable ? [...state.spentTags, release.tag] : state.spentTags,
  }
}

/** The latest release: the one that was made it, else the newest published one that is no pre-release. */
export function latestRelease({ releases, latest }: ForgeState): StoredRelease | undefined {
  const candidates = releases.filter(({ draft, prerelease }) => !draft && !prerelease)
  return candidates.find(({ id }) => id === latest) ?? candidates.findLast(() => true)
}

/** The state with this release in place of the one with its id. */
export function replace(state: ForgeState, release: StoredRelease): ForgeState {
  return { ...state, releases: state.releases.map((each) => (each.id === release.id ? release : each)) }
}

function publish(
  state: ForgeState,
  draft: StoredRelease,
  { now, makeLatest }: { now: string; makeLatest: ReleaseInput["make_latest"] },
): Change {
  if (isTaken(state, draft)) return refused({ code: "already_exists", field: "tag_name" })
  if (state.spentTags.includes(draft.tag)) {
    return refused({ code: "custom", field: "tag_name", message: "tag_name was used by an immutable release" })
  }
  const release = { ...draft, draft: false, published: now, immutable: state.immutableReleases }
  // A release that is newly published is made the latest unless the request says otherwise.
  return settle(replace(state, release), release, makeLatest ?? (release.prerelease ? "false" : "true"))
}

function settle(state: ForgeState, release: StoredRelease, makeLatest: ReleaseInput["make_latest"]): Change {
  if (makeLatest !== "true") {
    const latest = state.latest === release.id && makeLatest === "false" ? null : state.latest
    return { kind: "changed", state: { ...state, latest: makeLatest === "legacy" ? null : latest }, release }
  }
  if (release.draft) return { kind: "changed", state, release }
  if (release.prerelease) {
    return refused({ code: "custom", field: "make_latest", message: "a pre-release can't be the latest release" })
  }
  return { kind: "changed", state: { ...state, latest: release.id }, release }
}

function isTaken({ releases }: ForgeState, { id, tag }: StoredRelease): boolean {
  return releases.some((other) => other.id !== id && !other.draft && other.tag === tag)
}

function refused(error: Omit<FieldError, "resource">): Change {
  return { kind: "refused", errors: [{ resource: "Release", ...error }] }
}
