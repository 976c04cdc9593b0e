import type { Gate } from "../pipeline/gate.js"
import { noFindingFrom } from "./severity-gate.js"

const MEGABYTE = 1_000_000

const works = noFindingFrom("error", "defect of the image", "defects of the image")

/** Demands that the image is built and works; its compressed size and what showed that it works stand on the board. */
export const imageGate: Gate = {
  demands: works.demands,
  judge(looked, settings) {
    const verdict = works.judge(looked, settings)
    const { bytes, layers } = looked.measures
    if (!verdict.passed || typeof bytes !== "number" || !Array.isArray(layers)) return verdict
    return { ...verdict, remark: `${(bytes / MEGABYTE).toFixed(1)} MB in ${layers.length} layers` }
  },
}
