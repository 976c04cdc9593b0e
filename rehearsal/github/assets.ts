import { createHash } from "node:crypto"
import type { FieldError } from "./refusal.js"
import { replace } from "./releases.js"
import type { ForgeState, StoredAsset, StoredRelease } from "./state.js"

/** A file that is uploaded to a release. */
export interface AssetUpload {
  readonly name: string
  readonly label: string | null
  readonly contentType: string
  readonly bytes: Uint8Array
  readonly who: string
  readonly now: string
  /** True where the upload breaks off: an asset in the state `open` stays behind. */
  readonly broken: boolean
}

/** The asset and the state that has it, or why GitHub refuses it. */
export type AssetChange =
  | { readonly kind: "changed"; readonly state: ForgeState; readonly asset: StoredAsset }
  | { readonly kind: "refused"; readonly error: FieldError }

/** Adds a file to a release: each name once, and none once the release is immutable. */
export function addAsset(state: ForgeState, release: StoredRelease, upload: AssetUpload): AssetChange {
  const name = assetName(upload.name)
  if (release.immutable) return refused({ code: "custom", message: "an immutable release takes no assets" })
  if (name === "") return refused({ code: "missing_field", field: "name" })
  if (upload.bytes.length === 0) return refused({ code: "custom", field: "size", message: "an asset can't be empty" })
  if (release.assets.some((asset) => asset.name === name)) return refused({ code: "already_exists", field: "name" })
  const asset: StoredAsset = {
    id: state.nextId,
    name,
    label: upload.label,
    contentType: upload.contentType,
    size: upload.broken ? 0 : upload.bytes.length,
    sha256: createHash("sha256").update(upload.bytes).digest("hex"),
    state: upload.broken ? "open" : "uploaded",
    uploader: upload.who,
    created: upload.now,
  }
  const next = replace({ ...state, nextId: state.nextId + 1 }, { ...release, assets: [...release.assets, asset] })
  return { kind: "changed", state: next, asset }
}

/** Takes a file off its release. */
export function removeAsset(state: ForgeState, release: StoredRelease, asset: StoredAsset): ForgeState {
  return replace(state, { ...release, assets: release.assets.filter(({ id }) => id !== asset.id) })
}

/** The name that GitHub gives a file: special characters become dots, those at the ends go. */
export function assetName(name: string): string {
  return name.replaceAll(/\.*[^\w.+@~-]+\.*/g, ".").replaceAll(/^\.+|\.+$/g, "")
}

function refused(error: Omit<FieldError, "resource">): AssetChange {
  return { kind: "refused", error: { resource: "ReleaseAsset", ...error } }
}
