import { type Answer, json } from "../http/exchange.js"
import { paginate } from "./pages.js"
import { invalid, notFound } from "./refusal.js"
import {
  type Change,
  createRelease,
  deleteRelease,
  latestRelease,
  type ReleaseInput,
  updateRelease,
} from "./releases.js"
import { renderAsset, renderRelease, renderRepository } from "./render.js"
import { findRelease, type Route, refusalToWrite, type Scene, visibleReleases } from "./scene.js"
import type { StoredRelease } from "./state.js"

/** Requests about the repository and its releases. `latest` and `tags/…` stand before what an id would catch. */
export const RELEASE_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^$/,
    answer: ({ place, who, permission, isPrivate }) =>
      json(200, renderRepository(place, { permission: who === "" ? undefined : permission, isPrivate })),
  },
  {
    method: "GET",
    path: /^\/immutable-releases$/,
    answer: ({ state, permission }) =>
      permission.push && state.immutableReleases ? json(200, { enabled: true, enforced_by_owner: false }) : notFound(),
  },
  {
    method: "GET",
    path: /^\/releases$/,
    answer: (scene) =>
      paginate(
        scene.call,
        visibleReleases(scene).map((release) => renderRelease(release, scene.place)),
      ),
  },
  {
    method: "GET",
    path: /^\/releases\/latest$/,
    answer: (scene) => show(scene, latestRelease(scene.state)),
  },
  {
    method: "GET",
    path: /^\/releases\/tags\/(.+)$/,
    answer: (scene, tag) =>
      show(
        scene,
        scene.state.releases.find((release) => !release.draft && release.tag === decodeURIComponent(tag)),
      ),
  },
  { method: "GET", path: /^\/releases\/(\d+)$/, answer: (scene, id) => show(scene, findRelease(scene, id)) },
  {
    method: "GET",
    path: /^\/releases\/(\d+)\/assets$/,
    answer: (scene, id) => {
      const release = findRelease(scene, id)
      if (release === undefined) return notFound()
      const { place } = scene
      return paginate(
        scene.call,
        release.assets.map((asset) => renderAsset(asset, { release, place })),
      )
    },
  },
  {
    method: "POST",
    path: /^\/releases$/,
    answer: (scene) =>
      refusalToWrite(scene) ??
      settle(scene, 201, createRelease(scene.state, readInput(scene), { who: scene.who, now: scene.now })),
  },
  {
    method: "PATCH",
    path: /^\/releases\/(\d+)$/,
    answer: (scene, id) => {
      const release = findRelease(scene, id)
      if (release === undefined) return notFound()
      const request = { input: readInput(scene), now: scene.now }
      return refusalToWrite(scene) ?? settle(scene, 200, updateRelease(scene.state, release, request))
    },
  },
  {
    method: "DELETE",
    path: /^\/releases\/(\d+)$/,
    answer: (scene, id) => {
      const release = findRelease(scene, id)
      if (release === undefined) return notFound()
      const refusal = refusalToWrite(scene)
      if (refusal !== undefined) return refusal
      scene.store.write(deleteRelease(scene.state, release))
      return { status: 204 }
    },
  },
]

function show(scene: Scene, release: StoredRelease | undefined): Answer {
  return release === undefined ? notFound() : json(200, renderRelease(release, scene.place))
}

/** Writes a change down. A published release has a tag: where there was none, the forge makes it. */
async function settle(scene: Scene, status: number, change: Change): Promise<Answer> {
  if (change.kind === "refused") return invalid(...change.errors)
  const { release } = change
  const needsTag = !release.draft && !(await scene.tags.has(release.tag))
  if (needsTag && !(await scene.tags.create(release.tag, release.target))) {
    return invalid({ resource: "Release", code: "invalid", field: "target_commitish" })
  }
  scene.store.write(change.state)
  const location = { location: `${scene.place.api}/repos/${scene.place.repository}/releases/${release.id}` }
  return json(status, renderRelease(release, scene.place), status === 201 ? location : {})
}

/** The body was held to the description before. */
function readInput({ call }: Scene): ReleaseInput {
  return JSON.parse(call.body.toString("utf8")) as ReleaseInput
}
