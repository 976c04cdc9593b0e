import { QuillonError } from "../../errors.js"
import { type Unfinished, unfinishedReleases } from "../../release/execute/unfinished.js"
import type { ReleaseTargets } from "../../release/execute/world.js"
import { unreachable, unreadable } from "./recorded-plan.js"

/** A version and the tag that it has. */
export interface VersionName {
  readonly version: string
  readonly tag: string
}

/** A release that was begun and is not finished, as its journal tells of it. */
export type BegunRelease = Extract<Unfinished, { readonly kind: "unfinished" }>

/** Settings that say how a tag looks. */
export interface TagForm {
  readonly settings: { readonly version: { readonly tag: string } }
}

/** The release that was begun and is to be finished before another one; undefined where all are. @throws QuillonError */
export async function unfinishedRelease(
  side: Pick<ReleaseTargets, "journals">,
  wanted?: string,
): Promise<BegunRelease | undefined> {
  const found = await unfinishedReleases(side)
  if (found.kind !== "found") throw unreachable(found.why)
  const releases = found.releases.filter(({ version }) => wanted === undefined || version === wanted)
  const [first, second] = releases
  if (first === undefined) return undefined
  if (second !== undefined) {
    const names = releases.map(({ version }) => version).join(", ")
    throw new QuillonError({
      code: "SEVERAL_UNFINISHED",
      message: `several releases were begun and not finished: ${names}`,
      next: `quillon release --resume ${first.version}`,
      kind: "usage",
    })
  }
  if (first.kind === "unfinished") return first
  throw unreadable(first)
}

/** The tag that a version has under the project's settings. */
export function nameOf(version: string, { settings }: TagForm): VersionName {
  return { version, tag: settings.version.tag.replace("{version}", version) }
}

/** What a person typed: a version, or the tag of one. */
export function named(asked: string, form: TagForm): VersionName {
  const [before = "", after = ""] = form.settings.version.tag.split("{version}")
  const framed = asked.startsWith(before) && asked.endsWith(after)
  return nameOf(framed ? asked.slice(before.length, asked.length - after.length) : asked, form)
}

/** What is asked of when nobody names a version: the unfinished release, else what the files say. @throws QuillonError */
export async function presentName(
  side: Pick<ReleaseTargets, "journals">,
  { project, settings }: TagForm & { readonly project: { readonly version?: string | undefined } },
): Promise<VersionName> {
  const unfinished = await unfinishedRelease(side)
  if (unfinished !== undefined) return unfinished
  if (project.version !== undefined) return nameOf(project.version, { settings })
  throw new QuillonError({
    code: "WHICH_VERSION",
    message: "no release is unfinished, and the project's files say no version",
    next: "quillon status 1.3.0",
    kind: "usage",
  })
}
