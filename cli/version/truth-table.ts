import { whyRefused } from "../../src/release/version/refusal.js"
import { nameOfSource } from "../../src/release/version/source.js"
import type { JudgedPlace, PlaceVerdict, TagVerdict, Truth } from "../../src/release/version/truth.js"
import { toSemVer } from "../../src/release/version/version.js"
import { neutraliseLine } from "../neutralise.js"
import { pad, type Style, truncate, widthOf } from "../style.js"

type Tone = "source" | "good" | "bad" | "quiet" | "unsure"

/** One row of the table, before it is laid out. */
interface Row {
  readonly tone: Tone
  readonly name: string
  readonly value: string
  readonly where: string
  readonly word: string
}

const MARKS: Readonly<Record<Tone, string>> = { source: "●", good: "✓", bad: "✗", quiet: "·", unsure: "?" }

/** Cells beyond which a name is cut. */
const NAME_WIDTH = 34

/** Every place with its value, where it stands, and the verdict; one line each, aligned. Pure. */
export function truthTable(truth: Truth, style: Style): readonly string[] {
  const rows = [
    ...truth.places.map((each) => placeRow(each, truth)),
    ...tagRows(truth),
    ...truth.troubles.map(troubleRow),
  ]
  const names = rows.map(({ name }) => truncate(neutraliseLine(name), NAME_WIDTH))
  const nameWidth = Math.max(0, ...names.map(widthOf))
  const values = Math.max(0, ...rows.map(({ value }) => widthOf(value)))
  const where = Math.max(0, ...rows.map((row) => widthOf(neutraliseLine(row.where))))
  return rows.map((row, index) => {
    const tint = tintOf(row.tone, style)
    const cells = [
      tint(MARKS[row.tone]),
      pad(names[index] ?? "", nameWidth),
      (row.tone === "bad" ? style.bad : row.tone === "source" ? style.strong : same)(
        pad(neutraliseLine(row.value), values),
      ),
      style.quiet(pad(neutraliseLine(row.where), where)),
      tint(neutraliseLine(row.word)),
    ]
    return `  ${cells.join("  ").trimEnd()}`
  })
}

const same = (text: string): string => text

function tintOf(tone: Tone, style: Style): (text: string) => string {
  return { source: style.strong, good: style.good, bad: style.bad, quiet: style.quiet, unsure: style.unsure }[tone]
}

function placeRow({ place, verdict }: JudgedPlace, truth: Truth): Row {
  const row = { name: place.name, value: place.text.trim(), where: `${place.file}:${place.line}` }
  return { ...row, ...wordOf(verdict, truth) }
}

function wordOf(verdict: PlaceVerdict, truth: Truth): Pick<Row, "tone" | "word"> {
  switch (verdict.kind) {
    case "source":
      return { tone: "source", word: "decides" }
    case "agrees":
      return truth.source.kind === "none"
        ? { tone: "unsure", word: "nothing to compare with" }
        : { tone: "good", word: "agrees" }
    case "differs":
      return { tone: "bad", word: differsWord(verdict) }
    case "malformed":
      return { tone: "bad", word: verdict.fault }
    case "generated":
      return { tone: "quiet", word: `written by ${verdict.by}` }
    case "lags":
      return { tone: "quiet", word: "not released yet" }
  }
}

function differsWord({ expected, because }: PlaceVerdict & { kind: "differs" }): string {
  if (expected !== undefined) return `differs, should be ${expected}`
  return because === undefined ? "differs" : `differs; the version ${whyRefused(because)}`
}

function tagRows({ tag, source, otherTags }: Truth): readonly Row[] {
  const others = otherTags === 0 ? "" : ` (${otherTags} ${otherTags === 1 ? "tag names" : "tags name"} no version)`
  const row = tagRow(tag, source.kind === "tag")
  return row === undefined ? [] : [{ ...row, word: `${row.word}${others}` }]
}

function tagRow(tag: TagVerdict, decides: boolean): Row | undefined {
  const of = (found: { readonly name: string; readonly version: Parameters<typeof toSemVer>[0] }) => ({
    name: "newest tag",
    value: toSemVer(found.version),
    where: found.name,
  })
  const none = { name: "newest tag", value: "–", where: "" }
  switch (tag.kind) {
    case "released": {
      const past = tag.past ? "; HEAD is past it" : ""
      if (decides) return { ...of(tag.tag), tone: "source", word: `decides${past}` }
      return { ...of(tag.tag), tone: "good", word: `released${past}` }
    }
    case "unreleased":
      if (tag.tag === undefined) return { ...none, tone: "quiet", word: "none yet: not released" }
      return { ...of(tag.tag), tone: "quiet", word: "behind: not released yet" }
    case "ahead":
      return { ...of(tag.tag), tone: "bad", word: "ahead of the version" }
    case "rivals":
      return { ...of(tag.tag), tone: "bad", word: `marks the same commit as ${tag.other.name}` }
    case "no-git":
      return { ...none, tone: "quiet", word: "no git repository" }
    case "hidden":
      return { ...none, tone: "unsure", word: `could not look: ${tag.reason}` }
  }
}

function troubleRow({ file, message }: Truth["troubles"][number]): Row {
  return { tone: "unsure", name: file, value: "–", where: "", word: `could not look: ${message}` }
}

/** The head of the table: the project, its version and who decides it. */
export function truthTitle(name: string, truth: Truth, style: Style): string {
  const { spelling, source } = truth
  if (spelling === undefined) return `${style.strong(neutraliseLine(name))}  ${style.quiet("has no version")}`
  return `${style.strong(`${neutraliseLine(name)} ${neutraliseLine(spelling.text)}`)}  ${style.quiet(`as ${neutraliseLine(nameOfSource(source))} says`)}`
}
