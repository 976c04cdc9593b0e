import { toImageTag } from "./image-tag.js"
import { toPep440 } from "./pep440-text.js"
import { nameOfSource } from "./source.js"
import type { Truth } from "./truth.js"
import { toSemVer } from "./version.js"

/** A truth as machines read it: one object, paths relative to the project. */
export function truthJson(name: string, truth: Truth): Readonly<Record<string, unknown>> {
  const { version, spelling, source, tag, places, troubles, outcome } = truth
  return {
    schema: 1,
    name,
    outcome,
    version: spelling?.text ?? null,
    semver: version === undefined ? null : toSemVer(version),
    pep440: version === undefined ? null : toPep440(version),
    imageTag: version === undefined ? null : toImageTag(version),
    source: source.kind === "none" ? null : nameOfSource(source),
    tag: {
      verdict: tag.kind,
      name: "tag" in tag ? (tag.tag?.name ?? null) : null,
      version: "tag" in tag && tag.tag !== undefined ? toSemVer(tag.tag.version) : null,
      ...(tag.kind === "hidden" ? { reason: tag.reason } : {}),
      ...(tag.kind === "rivals" ? { rival: tag.other.name } : {}),
    },
    places: places.map(({ place, verdict }) => ({
      name: place.name,
      file: place.file,
      line: place.line,
      value: place.text,
      verdict: verdict.kind,
      ...("expected" in verdict && verdict.expected !== undefined ? { expected: verdict.expected } : {}),
      ...("fault" in verdict ? { fault: verdict.fault } : {}),
    })),
    troubles,
  }
}
