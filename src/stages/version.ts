import { PURE } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import { noFindingFrom } from "./severity-gate.js"
import { readVersions } from "./version-reading.js"

/** Proves that every place says one version and that no tag is ahead of it. Facts decide; no container runs. */
export const version: Stage = {
  name: "version",
  title: "Version",
  cache: PURE,
  baseline: "never",
  reads: "versions",
  gate: noFindingFrom("error", "version conflict"),
  commands: () => [],
  read: (_, ctx) => readVersions(ctx),
}
