import { type Answer, json } from "../http/exchange.js"
import { addAsset, removeAsset } from "./assets.js"
import { invalid, notFound, refuse } from "./refusal.js"
import { renderAsset } from "./render.js"
import { findRelease, type Route, refusalToWrite, type Scene, visibleReleases } from "./scene.js"
import type { StoredAsset, StoredRelease } from "./state.js"

interface Found {
  readonly asset: StoredAsset
  readonly release: StoredRelease
}

/** Requests about single assets, on the API's host. */
export const ASSET_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^\/releases\/assets\/(\d+)$/,
    answer: (scene, id) => {
      const found = findAsset(scene, id)
      if (found === undefined) return notFound()
      if (scene.call.headers.accept !== "application/octet-stream") {
        return json(200, renderAsset(found.asset, { release: found.release, place: scene.place }))
      }
      return { status: 302, headers: { location: `${scene.place.api}/download/${found.asset.sha256}` } }
    },
  },
  {
    method: "DELETE",
    path: /^\/releases\/assets\/(\d+)$/,
    answer: (scene, id) => {
      const found = findAsset(scene, id)
      if (found === undefined) return notFound()
      const refusal = refusalToWrite(scene)
      if (refusal !== undefined) return refusal
      if (found.release.immutable) return refuse(403, "an asset of an immutable release can't be deleted")
      scene.store.write(removeAsset(scene.state, found.release, found.asset))
      return { status: 204 }
    },
  },
]

/** The one request of the uploads host. */
export const UPLOAD_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: /^\/releases\/(\d+)\/assets$/,
    answer: (scene, id) => {
      const release = findRelease(scene, id)
      return release === undefined ? notFound() : (refusalToWrite(scene) ?? upload(scene, release))
    },
  },
]

function upload({ call, store, state, place, who, now, breaksUpload }: Scene, release: StoredRelease): Answer {
  const broken = breaksUpload()
  const change = addAsset(state, release, {
    name: call.query.get("name") ?? "",
    label: call.query.get("label"),
    contentType: call.headers["content-type"] ?? "application/octet-stream",
    bytes: call.body,
    who,
    now,
    broken,
  })
  if (change.kind === "refused") return invalid(change.error)
  store.keepBytes(change.asset.sha256, call.body)
  store.write(change.state)
  if (broken) return { status: 502, body: "" }
  return json(201, renderAsset(change.asset, { release, place }))
}

function findAsset(scene: Scene, id: string): Found | undefined {
  return visibleReleases(scene)
    .flatMap((release) => release.assets.map((asset) => ({ asset, release })))
    .find(({ asset }) => asset.id === Number(id))
}
