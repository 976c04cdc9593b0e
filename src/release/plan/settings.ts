import type { z } from "zod"
import { type PlanRefusal, refusePlan } from "../refusal.js"
import type { releasePlanSchema } from "./schema.js"

/** The settings that a plan depends on. */
export type PlanSettings = z.infer<typeof releasePlanSchema>["settings"]

/** Stages that make what is shipped, or say which version it is. */
const UNDENIABLE: ReadonlySet<string> = new Set(["version", "resolve", "build", "image", "sbom"])

/** Digest of settings: SHA-256 of their JSON with sorted keys, in hexadecimal. */
export async function digestSettings(settings: PlanSettings): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(sorted(settings)))
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** Says where two settings differ, one line a key: `release.push: "tag" in the plan, "commit-and-tag" now`. */
export function differences(then: unknown, now: unknown, at = ""): readonly string[] {
  if (isRecord(then) && isRecord(now)) {
    const keys = [...new Set([...Object.keys(then), ...Object.keys(now)])].sort()
    return keys.flatMap((key) => differences(then[key], now[key], at === "" ? key : `${at}.${key}`))
  }
  const [a, b] = [JSON.stringify(sorted(then)) ?? "absent", JSON.stringify(sorted(now)) ?? "absent"]
  return a === b ? [] : [`${at}: ${a} in the plan, ${b} now`]
}

/** Settings that contradict each other, before anything is planned under them. */
export function contradiction({ release, version }: PlanSettings): PlanRefusal | undefined {
  const { targets, push } = release
  const clash = (message: string, next: string) => refusePlan({ code: "CONTRADICTING_SETTINGS", message, next })
  if (!version.tag.includes("{version}")) {
    return clash(`version.tag is ${JSON.stringify(version.tag)}, which has no {version} in it`, "e.g. 'v{version}'")
  }
  if (push === "tag" && release.changelog.file !== false && release.changelog.file !== "CHANGELOG.md") {
    return clash(
      `release.push is "tag", so ${release.changelog.file} of release.changelog.file would never be written`,
      'set release.changelog.file = false, or release.push = "commit-and-tag"',
    )
  }
  if (targets.testIndex !== false && targets.testIndex === targets.index) {
    return clash(
      `release.targets.testIndex and release.targets.index are both ${targets.index}`,
      "name another index to try the upload on, or set testIndex = false",
    )
  }
  if (targets.deploy.length > 0 && targets.image === false) {
    return clash(
      `release.targets.deploy names ${targets.deploy.join(", ")}, and there is no image to deploy`,
      "set release.targets.image to the image's repository",
    )
  }
  const shipped = release.allowedFailures.find((name) => UNDENIABLE.has(name.split("@")[0] ?? ""))
  if (shipped !== undefined) {
    return clash(
      `release.allowedFailures names ${shipped}, without which there is nothing to release`,
      "leave it out; quillon ci tells why it fails",
    )
  }
  if (release.message.includes("\n")) {
    return clash("release.message has more than one line", "keep its first line")
  }
  return undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}
