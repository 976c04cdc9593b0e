import { z } from "zod"
import type { Gate } from "../pipeline/gate.js"
import { directlyBehind } from "./outdated-reading.js"
import { ageDemand } from "./policy.js"

const measured = z.object({ outdated: z.number(), direct: z.array(directlyBehind) })

/** Reports only, unless a setting or the strict policy demands that direct dependencies are the newest, or nearly. */
export const outdatedGate: Gate = {
  demands: (settings) => {
    const limit = ageDemand(settings)
    if (limit === undefined) return "nothing: outdated.gate, outdated.maxAge and the strict policy would"
    return limit === 0
      ? "direct dependencies are the newest"
      : `no newer release of a direct dependency is out for more than ${limit} days`
  },
  judge({ measures }, settings) {
    const { outdated, direct } = measured.parse(measures)
    const limit = ageDemand(settings)
    // Where the index tells no age, nobody can say that a release is new.
    const late = direct.filter(({ days }) => limit === 0 || days === null || days > (limit ?? Number.POSITIVE_INFINITY))
    const counted = outdated === 0 ? "up to date" : `${outdated} outdated, ${direct.length} of them direct`
    if (limit === undefined || late.length === 0) return { passed: true, message: counted, remark: counted }
    const since = limit === 0 ? "" : ` for more than ${limit} days`
    return { passed: false, message: `outdated${since}: ${late.map(({ name }) => name).join(", ")}` }
  },
}
