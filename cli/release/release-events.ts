import type { ReleaseEvent } from "../../src/release/execute/event.js"
import type { Trouble } from "../../src/targets/ports/target.js"
import { neutraliseLine } from "../neutralise.js"
import type { Style } from "../style.js"
import type { PlanLook } from "./plan-text.js"

/** Where the next step of a release begins, its writes stand below it. */
const BELOW = "    "

/** What happens in a release, for people: a line for each step, and one below it for each thing that was written. Pure. */
export function eventLines(event: ReleaseEvent, look: PlanLook): readonly string[] {
  const { style, marks } = look
  switch (event.kind) {
    case "release-started": {
      const { project, version, previous } = event.plan
      const from = previous === null ? "first release" : previous.version
      const head = `${style.strong(neutraliseLine(project))} ${style.quiet(`${from} ${marks.arrow}`)} ${style.good(version.semver)}`
      return [event.from === "journal" ? `${head}  ${style.quiet("resumed from its journal")}` : head]
    }
    case "trouble":
      return troubleLines(event.trouble, style)
    case "step-started": {
      const { step } = event
      const mark = step.effect === "permanent" ? style.bad(marks.permanent) : style.quiet(marks.reversible)
      return [`  ${mark} ${step.title}  ${style.quiet(neutraliseLine(step.target))}`]
    }
    case "act-finished": {
      const { outcome, what, link, why } = event.receipt
      const more = [DONE[outcome], link, why].filter((text) => text !== undefined && text !== "").join("  ")
      return [`${BELOW}${neutraliseLine(what)}${more === "" ? "" : `  ${style.quiet(neutraliseLine(more))}`}`]
    }
    case "tried-again": {
      const text = `${event.what}: ${event.why}; again in ${event.seconds} s`
      return [`${BELOW}${style.unsure(neutraliseLine(text))}`]
    }
    case "step-finished":
      return event.end === "done" || event.end === "already-done" ? [] : [`${BELOW}${style.bad(STOPPED[event.end])}`]
    case "withdrawing":
      return [`  ${style.unsure("taking back what was written")}: ${neutraliseLine(event.why)}`]
  }
}

const DONE = { done: "", "already-done": "was there", "passed-over": "passed over" } as const

const STOPPED: Readonly<Record<Exclude<StepEnd, "done" | "already-done">, string>> = {
  conflict: "something else is there",
  moved: "the branch moved",
  burnt: "the name can't be used any more",
  waiting: "not over",
  failed: "failed",
  unheld: "somebody else holds the release",
}

type StepEnd = Extract<ReleaseEvent, { kind: "step-finished" }>["end"]

/** One trouble of the preflight: what is wrong where, and what to type. Pure. */
export function troubleLines({ target, what, next, kind }: Trouble, style: Style): readonly string[] {
  const paint = { wrong: style.bad, unseen: style.unsure, remark: style.quiet }[kind]
  const word = { wrong: "wrong", unseen: "could not look", remark: "note" }[kind]
  return [`  ${paint(word)}  ${neutraliseLine(`${target}: ${what}`)}`, `${BELOW}${style.quiet(neutraliseLine(next))}`]
}
