import { SEVERITIES, type Severity } from "../findings/finding.js"
import type { Gate } from "../pipeline/gate.js"

/** Demands that no finding is as severe as `limit` or worse; `many` is the plural of `what`, where it is not regular. */
export function noFindingFrom(limit: Severity, what: string, many = `${what}s`): Gate {
  return {
    demands: `no ${what}`,
    judge({ findings }) {
      const bad = findings.filter(({ severity }) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(limit))
      return bad.length === 0
        ? { passed: true, message: `no ${what}` }
        : { passed: false, message: `${bad.length} ${bad.length === 1 ? what : many}` }
    },
  }
}
