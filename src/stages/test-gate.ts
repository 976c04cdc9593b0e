import type { Gate } from "../pipeline/gate.js"
import { testCounts } from "../pipeline/report.js"

/** Demands that every test passed and that pytest itself was content. */
export const testGate: Gate = {
  demands: "all tests pass",
  judge({ findings, measures }) {
    const counts = testCounts.safeParse(measures.tests).data
    const bad = (counts?.failed ?? 0) + (counts?.errors ?? 0)
    const against = findings.filter(({ severity }) => severity !== "note")
    if (bad === 0 && against.length === 0) return { passed: true, message: "all tests pass" }
    const words = [count(counts?.failed ?? 0, "failed"), count(counts?.errors ?? 0, "errors")].filter((w) => w !== "")
    return { passed: false, message: words.length > 0 ? words.join(", ") : (against[0]?.message ?? "not all passed") }
  },
}

function count(n: number, word: string): string {
  return n === 0 ? "" : `${n} ${word}`
}
