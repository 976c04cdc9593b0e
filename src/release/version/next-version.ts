import inc from "semver/functions/inc.js"
import { QuillonError } from "../../errors.js"
import { readIn } from "./dialect.js"
import { whyRefused } from "./refusal.js"
import { readSemVer } from "./semver-text.js"
import { compareVersions, type PreLabel, toSemVer, type Version } from "./version.js"

/** What a person asks a bump for. */
export type BumpRequest =
  | { readonly kind: "major" | "minor" | "patch" }
  /** `label` absent: the label that the version has, else `rc`. */
  | { readonly kind: "prerelease"; readonly label?: PreLabel }
  | { readonly kind: "exact"; readonly version: Version }

const STEPS = ["major", "minor", "patch", "prerelease"] as const

/** Reads `major`, `minor`, `patch`, `prerelease` or a version. @throws QuillonError BAD_BUMP, LABEL_FOR_WHAT */
export function readBumpRequest(text: string, label?: PreLabel): BumpRequest {
  const step = STEPS.find((each) => each === text)
  if (label !== undefined && step !== "prerelease") throw labelForWhat(text, label)
  if (step === "prerelease") return { kind: step, ...(label === undefined ? {} : { label }) }
  if (step !== undefined) return { kind: step }
  const read = readIn("semver", text)
  if (read.kind === "version") return { kind: "exact", version: read.version }
  throw new QuillonError({
    code: "BAD_BUMP",
    message: `can't bump to ${JSON.stringify(text)}: it ${whyRefused(read)}`,
    next: "quillon version bump major, minor, patch, prerelease or X.Y.Z",
    kind: "usage",
  })
}

/**
 * The version that a request makes of the newest one: steps go up from it, an exact version stands.
 *
 * @throws QuillonError VERSION_BACKWARDS when a label or version lies before the newest.
 */
export function nextVersion(newest: Version, request: BumpRequest): Version {
  if (request.kind === "exact") return request.version
  if (request.kind !== "prerelease") return parsed(inc(toSemVer(newest), request.kind))
  const label = request.label ?? newest.pre?.label ?? "rc"
  if (newest.pre?.label === label) return { ...newest, pre: { label, number: newest.pre.number + 1 } }
  const release = newest.pre === undefined ? parsed(inc(toSemVer(newest), "patch")) : newest
  const next: Version = { ...release, pre: { label, number: 1 } }
  if (compareVersions(next, newest) <= 0) throw backwards(toSemVer(next), toSemVer(newest))
  return next
}

/** The error for a version that lies before what is there. */
export function backwards(next: string, newest: string): QuillonError {
  return new QuillonError({
    code: "VERSION_BACKWARDS",
    message: `${next} lies before ${newest}: a version never goes backwards`,
    next: "quillon version show tells the version and the newest tag",
    kind: "usage",
  })
}

function labelForWhat(step: string, label: string): QuillonError {
  return new QuillonError({
    code: "LABEL_FOR_WHAT",
    message: `--label ${label} is for a prerelease, not for ${step}`,
    next: `quillon version bump prerelease --label ${label}`,
    kind: "usage",
  })
}

function parsed(text: string | null): Version {
  const read = readSemVer(text ?? "")
  if (read.kind === "version") return read.version
  throw new QuillonError({
    code: "VERSION_TOO_LARGE",
    message: `the next version has a number above ${Number.MAX_SAFE_INTEGER}`,
    next: "quillon version bump X.Y.Z",
    kind: "usage",
  })
}
