import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { unreachable } from "../../src/door/release/recorded-plan.js"
import { QuillonError } from "../../src/errors.js"
import { unfinishedReleases } from "../../src/release/execute/unfinished.js"
import type { ReleaseTargets } from "../../src/release/execute/world.js"
import { readPlan, refusalOf } from "../../src/release/plan/accept.js"
import type { Plan } from "../../src/release/plan/schema.js"
import { digestSettings } from "../../src/release/plan/settings.js"
import type { KnownProject } from "../known-project.js"

/** A version and the tag that it has. */
export interface VersionName {
  readonly version: string
  readonly tag: string
}

/** The release that was begun and is to be finished before another one; undefined where all are. @throws QuillonError */
export async function unfinishedRelease(
  side: Pick<ReleaseTargets, "journals">,
  wanted?: string,
): Promise<VersionName | undefined> {
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
  if (first.kind === "unfinished") return { version: first.version, tag: first.tag }
  throw new QuillonError({ code: "JOURNAL_UNREADABLE", message: first.message, next: first.next, kind: "environment" })
}

/** The tag that a version has under the project's settings. */
export function nameOf(version: string, { settings }: Pick<KnownProject, "settings">): VersionName {
  return { version, tag: settings.version.tag.replace("{version}", version) }
}

/** Reads a plan file that is to be carried out now. @throws QuillonError also where it does not hold any more */
export async function acceptedPlan(file: string, { settings, git }: KnownProject, cwd: string): Promise<Plan> {
  const text = await readFile(resolve(cwd, file), "utf8").catch(() => undefined)
  if (text === undefined) {
    const message = `there is no file ${file}`
    throw new QuillonError({ code: "NO_PLAN", message, next: `quillon plan -o ${file}`, kind: "usage" })
  }
  const read = readPlan(text)
  if (read.kind === "refused") throw new QuillonError({ ...read, kind: "usage" })
  const { release, version } = settings
  const present = {
    head: git?.commit ?? "",
    settings: { release, version },
    settingsDigest: await digestSettings({ release, version }),
  }
  const refusal = refusalOf(read.plan, present)
  if (refusal !== undefined) throw new QuillonError({ ...refusal, kind: "usage" })
  return read.plan
}
