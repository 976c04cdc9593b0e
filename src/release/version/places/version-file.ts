import type { Spot } from "../place.js"

/** The version in a file that holds nothing else. */
export function versionFileSpot(text: string): Spot | undefined {
  const value = text.trim()
  return value === "" ? undefined : { name: "VERSION", offset: text.indexOf(value), text: value, dialect: "semver" }
}

/** What is wrong with a file that must hold one version and a line end, in words for people; undefined when nothing. */
export function versionFileFault(file: { readonly text: string; readonly bom: boolean }): string | undefined {
  const value = file.text.trim()
  if (file.bom) return "begins with a byte order mark"
  if (value === "") return "is empty"
  if (/[\r\n]/.test(value)) return `has ${value.split(/\r\n|\r|\n/).length} lines`
  if (!file.text.startsWith(value)) return "begins with blanks"
  if (!/^(?:\r?\n)?$/.test(file.text.slice(value.length))) return "has blanks or stray newlines after the version"
  return undefined
}
