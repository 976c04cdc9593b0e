import { readIn } from "./dialect.js"
import type { FoundPlace } from "./found.js"

/** What a person types to correct a place whose form is wrong: a command where the version in it can be read. */
export function correctionOf({ file, line, text }: Pick<FoundPlace, "file" | "line" | "text">): string {
  const [word = ""] = text.trim().split(/\s/)
  const read = readIn("semver", word)
  const isVersion = read.kind === "version" || read.refusal !== "not-a-version"
  // The line is pasted into a shell, so nothing but a version's own characters may stand in it.
  return file === "VERSION" && isVersion && /^[\w.+!-]+$/.test(word)
    ? `printf '${word}\\n' > VERSION`
    : `correct ${file}:${line}`
}
