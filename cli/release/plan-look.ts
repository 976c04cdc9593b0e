import type { Io } from "../io.js"
import { createStyle } from "../style.js"
import { marksFor } from "./marks.js"
import type { PlanLook } from "./plan-text.js"

/** What is no terminal has no width: lines are then as long as a page of a log may be. */
const PAGE = 120

/** How plans and releases are printed here. */
export function planLook(io: Io): PlanLook {
  const columns = io.isTTY ? io.columns : Math.max(PAGE, io.columns)
  return { style: createStyle(io), marks: marksFor(io), columns }
}
