import type { Plan, ReleasePlan } from "../../src/release/plan/schema.js"
import { plural } from "../board/remark.js"
import { neutralise, neutraliseLine } from "../neutralise.js"
import { pad, type Style, truncate, widthOf } from "../style.js"
import { wrap } from "../wrap.js"
import type { Marks } from "./marks.js"
import { stepLines } from "./plan-steps.js"

/** How a plan is printed. */
export interface PlanLook {
  readonly style: Style
  readonly marks: Marks
  readonly columns: number
}

/** Commits that are shown one by one; a first release may have thousands. */
const SHOWN_COMMITS = 20

/** A plan for people: the version, why, what is told, what is written, and in which order. Pure. */
export function planText(plan: Plan, look: PlanLook): string {
  const lines = plan.kind === "release" ? releaseLines(plan, look) : nothingLines(plan, look)
  return `${lines.join("\n")}\n`
}

function nothingLines(plan: Plan & { kind: "nothing" }, { style }: PlanLook): readonly string[] {
  const head = `${style.strong(neutraliseLine(plan.project))}  ${style.quiet("nothing to release")}`
  return [head, "", `  ${neutraliseLine(plan.reason)}`, ...remarkLines(plan, style)]
}

function releaseLines(plan: ReleasePlan, look: PlanLook): readonly string[] {
  const { style } = look
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", style.strong(title), ...lines.map((line) => (line === "" ? "" : `  ${line}`))]
  return [
    headLine(plan, look),
    ...remarkLines(plan, style),
    ...section("why", whyLines(plan, look)),
    ...section("notes", notesLines(plan, look)),
    ...section("edits", editLines(plan, look)),
    ...section("steps", stepLines(plan.steps, look)),
  ]
}

function headLine({ project, previous, version, channel, branch, hypothetical }: ReleasePlan, look: PlanLook): string {
  const { style, marks } = look
  const from = previous === null ? "first release" : previous.version
  const change = `${style.quiet(from)} ${style.quiet(marks.arrow)} ${style.good(version.semver)}`
  const python = version.pep440 === version.semver ? [] : [`Python ${version.pep440}`]
  const about = [
    channel === "final" ? "final" : "pre-release",
    ...(branch === null ? [] : [`from ${branch}`]),
    ...python,
  ]
  const asked = hypothetical ? `  ${style.unsure("what would have been released")}` : ""
  return `${style.strong(neutraliseLine(project))} ${change}  ${style.quiet(neutraliseLine(about.join(", ")))}${asked}`
}

function remarkLines({ remarks }: Plan, style: Style): readonly string[] {
  return remarks.length === 0 ? [] : ["", ...remarks.map((text) => `  ${style.unsure("!")} ${neutraliseLine(text)}`)]
}

const BY: Readonly<Record<ReleasePlan["why"]["by"], string>> = {
  commits: "what the commits ask for",
  source: "the project's files are ahead of what the commits ask for",
  first: "nothing was released before",
  tag: "the tag is there, and its release is to be finished",
}

function whyLines({ why }: ReleasePlan, { style, columns }: PlanLook): readonly string[] {
  const rows = why.commits.slice(0, SHOWN_COMMITS).map(({ hash, type, scope, subject, level, breaking }) => ({
    level: breaking ? `${level}!` : level,
    what: neutraliseLine(`${type ?? "-"}${scope === null ? "" : `(${scope})`}`),
    subject: neutraliseLine(subject),
    hash: hash.slice(0, 7),
  }))
  const what = Math.max(0, ...rows.map((row) => widthOf(row.what)))
  const longest = Math.max(0, ...rows.map((row) => widthOf(row.subject)))
  const room = Math.min(longest, Math.max(20, columns - what - 22))
  const more = why.commits.length - rows.length
  const silent =
    why.silent === 0
      ? []
      : [style.quiet(`and ${plural(why.silent, "commit")} that release${why.silent === 1 ? "s" : ""} nothing`)]
  return [
    style.quiet(BY[why.by]),
    ...rows.map(({ level, what: kind, subject, hash }) => {
      const tint = level.endsWith("!") ? style.bad : level === "minor" ? style.good : style.quiet
      return `${tint(pad(level, 6))}  ${pad(kind, what)}  ${pad(truncate(subject, room), room)}  ${style.quiet(hash)}`
    }),
    ...(more > 0 ? [style.quiet(`and ${plural(more, "more", "more")} that release something`)] : []),
    ...silent,
  ]
}

function notesLines({ notes }: ReleasePlan, { style, marks, columns }: PlanLook): readonly string[] {
  if (notes.trim() === "") return []
  return readable(neutralise(notes))
    .trim()
    .split("\n")
    .flatMap((line) => hung(line, columns - 4))
    .map((line) =>
      `${style.quiet(marks.bar)} ${line.startsWith("### ") ? style.strong(line.slice(4)) : line}`.trimEnd(),
    )
}

/** A line in the width that there is, what is broken off below where its text begins. */
function hung(line: string, width: number): readonly string[] {
  const indent = /^(?: *[*-] | *)/.exec(line)?.[0].length ?? 0
  return wrap(line.slice(indent), Math.max(20, width - indent)).map((part, index) =>
    index === 0 ? line.slice(0, indent) + part : " ".repeat(indent) + part,
  )
}

/** Markdown as people read it: links by their text, and no escapes. */
function readable(markdown: string): string {
  return markdown.replaceAll(/\[([^\]\n]+)\]\([^)\s]+\)/g, "$1").replaceAll(/\\([\\*<_[])/g, "$1")
}

function editLines({ edits, settings }: ReleasePlan, { style }: PlanLook): readonly string[] {
  return edits.flatMap(({ path, diff }) => {
    const lines = neutralise(diff)
      .trimEnd()
      .split("\n")
      .filter((line) => !/^(?:diff --git|new file mode|--- |\+\+\+ |@@ )/.test(line))
    const name = neutraliseLine(path)
    // A project may lie below the repository's root.
    if (!`/${path}`.endsWith(`/${settings.release.changelog.file}`))
      return [name, ...lines.map((line) => diffLine(line, style))]
    const added = lines.filter((line) => line.startsWith("+")).length
    return [`${name}  ${style.quiet(`${plural(added, "line")} added: the notes above`)}`]
  })
}

function diffLine(line: string, style: Style): string {
  if (line.startsWith("+")) return `  ${style.good(line)}`
  return `  ${line.startsWith("-") ? style.bad(line) : style.quiet(line)}`
}
