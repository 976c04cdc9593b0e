import { join } from "node:path"
import { execa } from "execa"
import { type Access, addressOf, USERS } from "./access.js"
import { openForgeStore } from "./github/state.js"
import { openLedger } from "./index/ledger.js"

/** One thing that readers of a rehearsal's targets could see. */
export interface Observed {
  readonly place: "git" | "index" | "test-index" | "image" | "forge"
  /** E.g. `tag v1.3.0`, `engine-1.3.0.tar.gz`. */
  readonly what: string
  /** What it shows: a digest, a commit. */
  readonly at: string
}

/** Which rehearsal is looked at. */
export interface ObservedRehearsal {
  /** Folder of its state. */
  readonly folder: string
  readonly access: Access
  readonly fetch: typeof globalThis.fetch
}

/** Everything that stands on a rehearsal's targets, whoever put it there. */
export async function observeRehearsal({ folder, access, fetch }: ObservedRehearsal): Promise<readonly Observed[]> {
  const found = await Promise.all([refsIn(join(folder, "git", "project.git")), imageTags(access, fetch)])
  return [...found.flat(), ...filesIn(folder, "pypi"), ...filesIn(folder, "testpypi"), ...releasesIn(folder)]
}

async function refsIn(repository: string): Promise<readonly Observed[]> {
  const format = "--format=%(refname) %(objectname) %(*objectname)"
  const { stdout } = await execa("git", [`--git-dir=${repository}`, "for-each-ref", format])
  return stdout.split("\n").flatMap((line) => {
    const [ref = "", object = "", commit] = line.split(" ")
    if (ref === "") return []
    const what = ref.replace(/^refs\/tags\//, "tag ").replace(/^refs\/heads\//, "branch ")
    return [{ place: "git" as const, what, at: commit || object }]
  })
}

function filesIn(folder: string, index: "pypi" | "testpypi"): readonly Observed[] {
  const place = index === "pypi" ? "index" : "test-index"
  return Object.values(openLedger(join(folder, index, "ledger.json")).read())
    .flatMap(({ files }) => files)
    .filter(({ deleted }) => !deleted)
    .map(({ name, sha256 }) => ({ place, what: name, at: sha256 }))
}

function releasesIn(folder: string): readonly Observed[] {
  return openForgeStore(join(folder, "github"))
    .read()
    .releases.flatMap(({ tag, draft, assets, target, body }) => [
      { place: "forge", what: `${draft ? "draft of" : "release"} ${tag}`, at: `${target} ${body}` },
      ...assets.map(({ name, sha256 }) => ({ place: "forge" as const, what: name, at: sha256 })),
    ])
}

const MANIFESTS = ["application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json"]

async function imageTags(access: Access, fetch: ObservedRehearsal["fetch"]): Promise<readonly Observed[]> {
  const base = `${addressOf(access, "registry").fromHere}/v2/${access.repository}`
  const login = Buffer.from(`${USERS.registry}:${access.credentials.registry}`).toString("base64")
  const headers = { authorization: `Basic ${login}`, accept: MANIFESTS.join(", ") }
  const listed = await fetch(`${base}/tags/list`, { headers })
  // A repository that nobody pushed to is not there.
  if (listed.status === 404) return []
  if (!listed.ok) throw new TypeError(`the rehearsal's registry answered ${listed.status}`)
  const { tags } = (await listed.json()) as { readonly tags: readonly string[] | null }
  return Promise.all(
    (tags ?? []).map(async (tag) => {
      const { headers: told } = await fetch(`${base}/manifests/${tag}`, { method: "HEAD", headers })
      return { place: "image", what: `image tag ${tag}`, at: told.get("docker-content-digest") ?? "" } as const
    }),
  )
}
