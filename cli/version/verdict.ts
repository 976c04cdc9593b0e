import { isDisagreement } from "../../src/release/version/check.js"
import { correctionOf } from "../../src/release/version/correction.js"
import { nameOfSource } from "../../src/release/version/source.js"
import type { Truth } from "../../src/release/version/truth.js"
import { toSemVer } from "../../src/release/version/version.js"
import { plural } from "../board/remark.js"

/** The last line of a check, and what to type next. Pure. */
export interface VerdictLines {
  readonly verdict: string
  readonly next?: string
}

/** Says whether all places agree; where not, how many do not and what repairs it. */
export function verdictOf(truth: Truth): VerdictLines {
  switch (truth.outcome) {
    case "agree":
      return { verdict: `agree: ${counted(truth)}${releaseNote(truth)}` }
    case "disagree":
      return disagreement(truth)
    case "could-not-look":
      return unseen(truth)
  }
}

function counted({ places, source }: Truth): string {
  const others = places.filter(({ verdict }) => verdict.kind === "agrees").length
  if (others === 0) return `${nameOfSource(source)} alone states the version`
  return others === 1 ? "the other place says the same" : `all ${others} other places say the same`
}

function releaseNote({ tag, spelling }: Truth): string {
  if (tag.kind === "released") return `; released as ${tag.tag.name}`
  if (tag.kind === "unreleased") return `; unreleased, to be released as at least ${spelling?.text}`
  return ""
}

function disagreement(truth: Truth): VerdictLines {
  const { places, tag, spelling, source } = truth
  const bad = places.filter(({ verdict }) => isDisagreement(verdict))
  const malformed = bad.find(({ verdict }) => verdict.kind === "malformed")
  const who = `${spelling?.text ?? "?"} (${nameOfSource(source)})`
  if (tag.kind === "ahead") {
    const version = toSemVer(tag.tag.version)
    return {
      verdict: `disagree: tag ${tag.tag.name} is ahead of ${who}${more(bad.length)}`,
      next: `quillon version bump ${version}`,
    }
  }
  if (tag.kind === "rivals") {
    const verdict = `disagree: ${tag.tag.name} and ${tag.other.name} mark one commit${more(bad.length)}`
    return { verdict, next: "delete the tag that is wrong: git tag -d NAME" }
  }
  if (malformed?.verdict.kind === "malformed") {
    const { place, verdict } = malformed
    return { verdict: `disagree: ${place.file} ${verdict.fault}`, next: correctionOf(place) }
  }
  const others = places.length - (source.kind === "place" ? 1 : 0)
  const some =
    others === 1
      ? "the other place says"
      : `${bad.length} of ${others} other places ${bad.length === 1 ? "says" : "say"}`
  return { verdict: `disagree: ${some} another version than ${who}`, next: repairOf(truth, bad) }
}

/** What a sync repairs, unless all that is wrong is a person's to write. */
function repairOf({ spelling }: Truth, bad: Truth["places"]): string {
  const text = spelling?.text ?? ""
  const [first] = bad.filter(({ verdict }) => !("expected" in verdict))
  if (first === undefined || bad.some(({ verdict }) => "expected" in verdict)) return "quillon version sync"
  const { file, line, role } = first.place
  return role === "changelog" ? `write the entry of ${text} in ${file}` : `change ${file}:${line} by hand`
}

function more(bad: number): string {
  return bad === 0 ? "" : `, and ${plural(bad, "place differs", "places differ")}`
}

function unseen({ source, troubles, tag }: Truth): VerdictLines {
  const [trouble] = troubles
  if (trouble !== undefined)
    return { verdict: `could not look: ${trouble.file} ${trouble.message}`, next: trouble.next }
  if (source.kind === "none") return { verdict: `could not look: ${source.reason}`, next: source.next }
  if (tag.kind === "hidden") return { verdict: `could not look: ${tag.reason}`, next: tag.next }
  return { verdict: "could not look" }
}
