import type { Settings } from "../project/settings.js"

/** Processes that the tests run in: a number, or one for each processor; undefined where they run in pytest's own. */
export function workersOf({ test: { parallel } }: Pick<Settings, "test">): number | "auto" | undefined {
  return parallel === "off" || parallel === 1 ? undefined : parallel
}
