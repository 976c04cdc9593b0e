import { parse } from "@renovatebot/pep440"
import { type Refusal, refuse } from "./refusal.js"
import type { Read } from "./semver-text.js"
import type { PreLabel, Version } from "./version.js"

const SUFFIX: Readonly<Record<PreLabel, string>> = { dev: ".dev", alpha: "a", beta: "b", rc: "rc" }
const LABELS: Readonly<Record<string, PreLabel>> = { a: "alpha", b: "beta", rc: "rc" }

/** The version as Python sees it: the normal form of PEP 440. */
export function toPep440({ major, minor, patch, pre }: Version): string {
  const release = `${major}.${minor}.${patch}`
  return pre === undefined ? release : `${release}${SUFFIX[pre.label]}${pre.number}`
}

/** Reads any spelling of PEP 440 that means a version of the domain; missing release numbers are zero, as there. */
export function readPep440(text: string): Read | Refusal {
  const parsed = parse(text)
  if (parsed === null) return refuse(text, "not-a-version")
  if (parsed.epoch !== 0) return refuse(text, "epoch")
  if (parsed.local !== null) return refuse(text, "local-version")
  if (parsed.post !== null) return refuse(text, "post-release")
  if (parsed.release.length > 3) return refuse(text, "release-length")
  if (text.match(/\d+/g)?.some((digits) => !Number.isSafeInteger(Number(digits)))) return refuse(text, "too-large")
  const [major = 0, minor = 0, patch = 0] = parsed.release
  const pre = preOf(parsed)
  if (pre === "both") return refuse(text, "dev-of-pre-release")
  return { kind: "version", version: { major, minor, patch, ...(pre === undefined ? {} : { pre }) } }
}

/** The library's types say that a part which is not there is empty; it is null. */
interface Parts {
  readonly pre: readonly (string | number)[] | null
  readonly dev: readonly (string | number)[] | null
}

function preOf({ pre, dev }: Parts): Version["pre"] | "both" {
  if (pre !== null && dev !== null) return "both"
  if (dev !== null) return { label: "dev", number: Number(dev[1]) }
  const label = LABELS[String(pre?.[0])]
  return label === undefined ? undefined : { label, number: Number(pre?.[1]) }
}
