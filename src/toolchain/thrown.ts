import type { CouldNotLook } from "../pipeline/reading.js"
export type ThrownCause = "image-missing" | "network" | "install" | "engine-lost" | "out-of-disk" | "unknown"
export interface CouldNotLookThrown extends CouldNotLook {
  readonly cause: ThrownCause
  readonly image?: string
}
export function classifyThrown(error: unknown): CouldNotLookThrown {
  return { kind: "errored", reason: String(error), cause: "unknown" }
}
