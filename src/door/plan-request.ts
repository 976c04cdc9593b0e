import { channelSchema } from "../release/policy-settings.js"
import { chooseWord } from "./choose-word.js"
import type { PlanRequest } from "./release-facts.js"

/** What a caller of the module asks the planner, each argument absent or a text. */
export type AskedPlan = {
  readonly [name in Exclude<keyof PlanRequest, "tag">]-?: string | undefined
}

/** Reads what a caller of the module asks. @throws QuillonError UNKNOWN_WORD */
export function readRequest(asked: AskedPlan): PlanRequest {
  const { at, since, channel } = asked
  return {
    ...(at === undefined ? {} : { at }),
    ...(since === undefined ? {} : { since }),
    ...(channel === undefined ? {} : { channel: chooseWord("channel", channel, channelSchema.options) }),
  }
}
