import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** A file of a release. */
export interface StoredAsset {
  readonly id: number
  readonly name: string
  readonly label: string | null
  readonly contentType: string
  readonly size: number
  /** Hexadecimal; names the file that has the bytes. */
  readonly sha256: string
  /** `open` is what an upload leaves that broke off. */
  readonly state: "uploaded" | "open"
  readonly uploader: string
  readonly created: string
}

/** A release as the service keeps it. */
export interface StoredRelease {
  readonly id: number
  readonly tag: string
  readonly target: string
  readonly name: string | null
  readonly body: string | null
  readonly draft: boolean
  readonly prerelease: boolean
  readonly immutable: boolean
  readonly author: string
  readonly created: string
  readonly published: string | null
  readonly updated: string
  readonly assets: readonly StoredAsset[]
}

/** All that the service knows of its one repository. */
export interface ForgeState {
  readonly nextId: number
  readonly releases: readonly StoredRelease[]
  /** The release that was made the latest by hand; null: the newest final one. */
  readonly latest: number | null
  /** Tags of immutable releases, which no later release may take. */
  readonly spentTags: readonly string[]
  /** The repository's setting "immutable releases". */
  readonly immutableReleases: boolean
}

const EMPTY: ForgeState = { nextId: 1, releases: [], latest: null, spentTags: [], immutableReleases: false }

/** Where the state lies: a JSON file, and the assets' bytes by their digest. */
export interface ForgeStore {
  read(): ForgeState
  write(state: ForgeState): void
  keepBytes(sha256: string, bytes: Uint8Array): void
  bytes(sha256: string): Buffer
}

/** Opens the state in this folder; what is in it is kept. */
export function openForgeStore(folder: string): ForgeStore {
  const file = join(folder, "state.json")
  const blobs = join(folder, "assets")
  mkdirSync(blobs, { recursive: true })
  let state: ForgeState = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : EMPTY
  return {
    read: () => state,
    write(next) {
      state = next
      writeFileSync(`${file}.half`, JSON.stringify(next, null, 2))
      renameSync(`${file}.half`, file)
    },
    keepBytes: (sha256, bytes) => writeFileSync(join(blobs, sha256), bytes),
    bytes: (sha256) => readFileSync(join(blobs, sha256)),
  }
}
