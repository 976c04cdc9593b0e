import { floatingImageTags, toImageTag } from "../../src/release/version/image-tag.js"
import { toPep440 } from "../../src/release/version/pep440-text.js"
import { whyRefused } from "../../src/release/version/refusal.js"
import { nameOfSource } from "../../src/release/version/source.js"
import type { TagVerdict, Truth } from "../../src/release/version/truth.js"
import { toSemVer } from "../../src/release/version/version.js"
import { neutraliseLine } from "../neutralise.js"
import type { Style } from "../style.js"

/** The version in its three spellings, who decides it, and whether it is released; one line each. Pure. */
export function shownLines(truth: Truth, style: Style): readonly string[] {
  const { version, refusal, spelling, source, tag } = truth
  const line = (label: string, text: string, aside = "") =>
    `  ${style.quiet(label.padEnd(8))}  ${neutraliseLine(text)}${aside === "" ? "" : `  ${style.quiet(neutraliseLine(aside))}`}`
  if (version === undefined) {
    const why = refusal === undefined ? "" : `${spelling?.text} ${whyRefused(refusal)}`
    return [
      line("source", sourceText(truth)),
      ...(why === "" ? [] : [line("semver", "none", why)]),
      line("tag", tagText(tag)),
    ]
  }
  const moved = floatingImageTags(version)
  return [
    line("semver", toSemVer(version)),
    line("python", toPep440(version)),
    line("image", toImageTag(version), moved.length === 0 ? "moves no other tag" : `may move ${moved.join(", ")}`),
    line("source", nameOfSource(source) === "nothing" ? "none" : sourceText(truth)),
    line("tag", tagText(tag)),
  ]
}

function sourceText({ source }: Truth): string {
  if (source.kind === "place") return `${source.place.file}:${source.place.line}, ${source.place.name}`
  return source.kind === "tag" ? `tag ${source.tag.name}` : source.reason
}

function tagText(tag: TagVerdict): string {
  switch (tag.kind) {
    case "released":
      return tag.past ? `${tag.tag.name}, released; HEAD is past it` : `${tag.tag.name}, released`
    case "unreleased":
      return tag.tag === undefined ? "none yet" : `${tag.tag.name}, so this version is unreleased`
    case "ahead":
      return `${tag.tag.name}, which is ahead`
    case "rivals":
      return `${tag.tag.name} and ${tag.other.name} on one commit`
    case "no-git":
      return "no git repository"
    case "hidden":
      return `could not look: ${tag.reason}`
  }
}
