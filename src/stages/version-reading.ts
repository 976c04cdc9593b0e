import { QuillonError } from "../errors.js"
import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { checkVersions } from "../release/version/check.js"
import { whyRefused } from "../release/version/refusal.js"
import { nameOfSource } from "../release/version/source.js"
import type { JudgedPlace, Truth } from "../release/version/truth.js"
import { toSemVer } from "../release/version/version.js"

/** Reads the version's truth as findings: one for each place that says another version, one for a tag that is ahead. */
export function readVersions({ project, versions }: Pick<ReadContext, "project" | "versions">): Reading {
  if (versions === undefined)
    return { kind: "errored", reason: "the files and tags were not looked at for the version" }
  let truth: Truth
  try {
    truth = checkVersions(versions)
  } catch (error) {
    if (!(error instanceof QuillonError)) throw error
    return { kind: "errored", reason: error.message, next: error.next }
  }
  if (truth.outcome === "could-not-look" && !isUnversioned(truth, project.kind)) return unseen(truth)
  return {
    kind: "looked",
    findings: normaliseFindings([
      ...truth.places.flatMap((each) => placeFindings(each, truth)),
      ...tagFindings(truth),
      ...truth.troubles.map(({ file, message, next }) =>
        draft({ rule: "unreadable", severity: "note", file, message, help: next }),
      ),
    ]),
    measures: {
      version: truth.spelling?.text ?? null,
      semver: truth.version === undefined ? null : toSemVer(truth.version),
      source: truth.source.kind === "none" ? null : nameOfSource(truth.source),
      places: truth.places.length,
      tag: truth.tag.kind,
    },
    tools: [],
  }
}

/** An application may do without a version. */
function isUnversioned({ source, places, troubles, tag }: Truth, kind: "package" | "application"): boolean {
  const nothing = source.kind === "none" && places.length === 0 && troubles.length === 0
  return kind === "application" && nothing && tag.kind !== "hidden"
}

function unseen({ source, troubles, tag }: Truth): Reading {
  const [trouble] = troubles
  if (trouble !== undefined)
    return { kind: "errored", reason: `${trouble.file} ${trouble.message}`, next: trouble.next }
  if (source.kind === "none") return { kind: "errored", reason: source.reason, next: source.next }
  if (tag.kind === "hidden") return { kind: "errored", reason: tag.reason, next: tag.next }
  return { kind: "errored", reason: "the version could not be looked at" }
}

function draft(finding: Omit<Draft, "tool">): Draft {
  return { tool: "quillon version", ...finding }
}

function placeFindings({ place, verdict }: JudgedPlace, { source, spelling }: Truth): readonly Draft[] {
  const at = { file: place.file, line: place.line, severity: "error" as const }
  const says = `${place.name} says ${place.text.trim()}`
  if (verdict.kind === "malformed") {
    return [
      draft({ ...at, rule: "malformed", message: `${place.file}: ${verdict.fault}`, help: `correct ${place.file}` }),
    ]
  }
  if (verdict.kind !== "differs") return []
  const because = verdict.because === undefined ? "" : `, which ${whyRefused(verdict.because)}`
  const message = `${says}, and ${nameOfSource(source)} says ${spelling?.text}${because}`
  const help = place.role === "changelog" ? `write the entry of ${spelling?.text}` : "quillon version sync"
  return [draft({ ...at, rule: "differs", message, help })]
}

function tagFindings({ tag, source, spelling }: Truth): readonly Draft[] {
  if (tag.kind === "ahead") {
    const message = `tag ${tag.tag.name} is ahead of ${spelling?.text}, as ${nameOfSource(source)} says`
    const help = `quillon version bump ${toSemVer(tag.tag.version)}`
    return [draft({ rule: "tag-ahead", severity: "error", message, help })]
  }
  if (tag.kind !== "rivals") return []
  const message = `the tags ${tag.tag.name} and ${tag.other.name} mark one commit`
  return [draft({ rule: "rival-tags", severity: "error", message, help: "delete the tag that is wrong" })]
}
