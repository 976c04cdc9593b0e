import { escapeMarkdown, fence } from "../../findings/markdown.js"
import type { Plan, ReleasePlan } from "./schema.js"

/** Commits that are named; a first release may have thousands. */
const SHOWN_COMMITS = 50

/** A plan as Markdown, for a job summary or a merge request: version, why, notes, edits and steps. Pure. */
export function renderPlan(plan: Plan): string {
  const remarks = plan.remarks.map((remark) => `> ${escapeMarkdown(remark)}\n`)
  const lines =
    plan.kind === "nothing"
      ? [`## ${escapeMarkdown(plan.project)}: nothing to release`, "", escapeMarkdown(plan.reason), "", ...remarks]
      : [headLine(plan), "", ...remarks, ...why(plan), ...notes(plan), ...edits(plan), ...steps(plan)]
  return `${lines.join("\n").trimEnd()}\n`
}

function headLine({ project, previous, version, channel, branch, hypothetical }: ReleasePlan): string {
  const about = [
    channel === "final" ? "final" : "pre-release",
    ...(branch === null ? [] : [`from ${branch}`]),
    ...(version.pep440 === version.semver ? [] : [`Python ${version.pep440}`]),
    ...(hypothetical ? ["what would have been released"] : []),
  ]
  return `## ${escapeMarkdown(`${project} ${previous?.version ?? "first release"} → ${version.semver} (${about.join(", ")})`)}`
}

const BY: Readonly<Record<ReleasePlan["why"]["by"], string>> = {
  commits: "What the commits ask for",
  source: "The project's files are ahead of what the commits ask for",
  first: "Nothing was released before",
  tag: "The tag is there, and its release is to be finished",
}

function why({ why: { by, commits, silent } }: ReleasePlan): readonly string[] {
  const rows = commits.slice(0, SHOWN_COMMITS).map(({ hash, type, scope, subject, level, breaking }) => {
    const kind = `${type ?? "–"}${scope === null ? "" : `(${scope})`}`
    return `| ${level}${breaking ? "!" : ""} | ${escapeMarkdown(kind)} | ${escapeMarkdown(subject)} | ${hash.slice(0, 7)} |`
  })
  const more = commits.length - rows.length
  return [
    `### ${BY[by]}`,
    "",
    ...(rows.length === 0 ? [] : ["| | | | |", "| --- | --- | --- | --- |", ...rows, ""]),
    ...(more === 0 ? [] : [`And ${more} more.`, ""]),
    ...(silent === 0 ? [] : [`Commits that release nothing: ${silent}.`, ""]),
  ]
}

function notes({ notes: text }: ReleasePlan): readonly string[] {
  return text.trim() === "" ? [] : ["### Notes", "", text.trim().replaceAll(/^#{1,3} /gm, "#### "), ""]
}

function edits({ edits: made }: ReleasePlan): readonly string[] {
  return made.length === 0 ? [] : ["### Edits", "", ...made.flatMap(({ diff }) => [fence(diff.trimEnd(), "diff"), ""])]
}

function steps({ steps: ordered }: ReleasePlan): readonly string[] {
  const rows = ordered.map(({ title, target, writes, effect }) => {
    const kept = effect === "permanent" ? "**stays**" : "can be withdrawn"
    return `| ${kept} | ${[title, target, writes.join(", ")].map(escapeMarkdown).join(" | ")} |`
  })
  return ["### Steps", "", "| | | where | what |", "| --- | --- | --- | --- |", ...rows, ""]
}
