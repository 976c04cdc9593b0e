import type { Rig } from "./rig.js"

/**
 * What stays on all servers. Digests of what is made once on one machine are replaced by their names, and so is the
 * nonce; times of receipts are left out: they may differ between an interrupted release and another.
 */
export function stateOf({ servers }: Rig): unknown {
  const { git, testIndex, index, registry, forge, production } = servers
  const image = registry.tags.get("1.3.0") ?? "no image"
  const named = (digest: string | null) => (digest === image ? "the image" : digest)
  const [page] = forge.pages
  return {
    main: git.refs.get("refs/heads/main"),
    tags: [...git.tags],
    journals: [...git.journals.keys()],
    notes: [...git.notes].map(([tag, text]) => [tag, receiptsIn(text)]),
    index: [...index.files.keys()],
    testIndex: [...testIndex.files.keys()],
    image: registry.images.has(image),
    imageTags: [...registry.tags].map(([tag, digest]) => [tag, named(digest)]),
    pages: forge.pages.map(({ tag, notes, draft, latest, assets }) => ({
      tag,
      notes,
      draft,
      latest,
      assets: [...assets.keys()],
    })),
    sameRelease: page === undefined || [...git.notes.values()].every((text) => text.includes(page.nonce)),
    running: named(production.running),
  }
}

function receiptsIn(text: string): readonly string[] {
  const { receipts } = JSON.parse(text) as { receipts: readonly { readonly act: string }[] }
  return receipts.map(({ act }) => act)
}

/** Writes that reached a server more than once. A draft that was withdrawn counts from there on anew. */
export function repeatedWrites({ network }: Rig): readonly string[] {
  const seen = new Set<string>()
  const repeated: string[] = []
  for (const { verb, where, what } of network.log) {
    if (verb === "look") continue
    if (what.startsWith("withdraw")) {
      for (const each of [...seen].filter((key) => key.startsWith(`${where}: `))) seen.delete(each)
      continue
    }
    const key = `${where}: ${what}`
    // A journal that is gone is taken away again where the answer was lost.
    if (seen.has(key) && !what.startsWith("no journal")) repeated.push(key)
    seen.add(key)
  }
  return repeated
}
