import { type CapsuleParts, composeCapsule } from "../../src/capsule/compose-capsule.js"
import type { Capsule } from "../../src/capsule/schema.js"
import { settingsSchema } from "../../src/project/settings.js"

/** What a capsule of a green run is made of, with what a test says otherwise. */
export function capsuleParts(differs: Partial<CapsuleParts> = {}): CapsuleParts {
  return {
    id: "20261124-053012-ab12",
    started: "2026-11-24T05:30:12.000Z",
    ended: true,
    quillon: "1.2.3",
    engine: { version: "v0.21.7", platform: "linux/amd64" },
    project: { name: "parcels", path: "." },
    commit: "0123456789012345678901234567890123456789",
    remote: "https://forge.example/parcels.git",
    changes: { kind: "none", files: [], missing: [] },
    settings: settingsSchema.parse({}),
    request: { args: [] },
    secrets: [],
    images: [],
    texts: [],
    cells: [],
    ...differs,
  }
}

/** A capsule with what a test says otherwise. */
export function capsule(differs: Partial<Capsule> = {}): Capsule {
  return { ...composeCapsule(capsuleParts(), []), ...differs }
}
