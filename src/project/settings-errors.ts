import type { z } from "zod"
import { QuillonError } from "../errors.js"
import { nearest } from "./nearest.js"
import { namesAt } from "./setting-keys.js"
import type { SettingSource, SettingsLayer } from "./settings-layers.js"

type Issue = z.core.$ZodIssue

/** The first thing that is wrong with the settings, with its place and what may stand there. */
export function settingError(issue: Issue, facts: { values: unknown; layers: readonly SettingsLayer[] }): QuillonError {
  const path = issue.path.filter((part) => typeof part !== "symbol")
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? ""
    return unknownKey(path, key, sourceOf([...path, key], facts.layers))
  }
  const value = path.reduce<unknown>(
    (inner, part) => (inner as Record<string | number, unknown> | undefined)?.[part],
    facts.values,
  )
  const source = sourceOf(path, facts.layers)
  const shown = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`
  return new QuillonError({
    code: "INVALID_SETTING",
    message: `${placeOf(source)}setting ${dotted(path)} ${shown}; expected ${expectation(issue)}`,
    next: `Give ${nameOf(path, source)} ${expectation(issue)}, or leave it out. All settings: quillon schema`,
    kind: "usage",
  })
}

function unknownKey(path: readonly (string | number)[], key: string, source: SettingSource): QuillonError {
  const names = namesAt(path)
  const close = nearest(key, names)
  return new QuillonError({
    code: "UNKNOWN_SETTING",
    message: `${placeOf(source)}unknown setting ${dotted([...path, key])}${close === undefined ? "" : `; did you mean ${dotted([...path, close])}?`}`,
    next: close === undefined ? `Known here: ${names.join(", ")}.` : `Write ${close} in place of ${key}.`,
    kind: "usage",
  })
}

/** The layer on top that holds the path. */
function sourceOf(path: readonly (string | number)[], layers: readonly SettingsLayer[]): SettingSource {
  const holding = layers.findLast(({ values }) => {
    let inner: unknown = values
    return path.every((part) => {
      if (typeof inner !== "object" || inner === null || !(part in inner)) return false
      inner = (inner as Record<string | number, unknown>)[part]
      return true
    })
  })
  return (holding ?? layers.at(-1))?.source(path) ?? { kind: "flag" }
}

function placeOf(source: SettingSource): string {
  if (source.kind === "environment") return `${source.variable}: `
  if (source.kind === "flag") return ""
  const { file, line } = source.origin
  return line === undefined ? `${file}: ` : `${file}:${line}: `
}

function nameOf(path: readonly (string | number)[], source: SettingSource): string {
  return source.kind === "environment" ? source.variable : dotted(path)
}

function dotted(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (name, part) => (typeof part === "number" ? `${name}[${part}]` : name === "" ? part : `${name}.${part}`),
    "",
  )
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a table",
  record: "a table",
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`
    case "too_big":
      return `at most ${issue.maximum}${issue.origin === "string" ? " characters" : ""}`
    case "too_small":
      return issue.origin === "string"
        ? "a text that is not empty"
        : `${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`
    case "invalid_union":
      return issue.errors.flatMap((errors) => errors.slice(0, 1).map(expectation)).join(", or ")
    case "invalid_format":
      return FORMATS[issue.format] ?? issue.message
    default:
      return issue.message
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  date: "a date as YYYY-MM-DD",
  url: "an address as https://…",
}
