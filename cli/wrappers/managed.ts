import { createHash } from "node:crypto"

/** A file of a CI system, taken apart. */
export type ManagedFile =
  /** Quillon wrote everything up to the end line. */
  | {
      readonly kind: "ours"
      /** What Quillon wrote, first and last line included. */
      readonly managed: string
      /** What a person wrote below. */
      readonly own: string
      /** False where somebody changed what Quillon wrote. */
      readonly intact: boolean
    }
  /** Quillon did not write it, or its first or last line was taken away. */
  | { readonly kind: "foreign" }

const FIRST = /^# Written by quillon wrappers \((\S+), ([0-9a-f]{12})\)/
const LAST = "# quillon: end. What stands below is yours, and is kept: jobs of your own."

/** What Quillon writes into a file: the body between two lines that say who wrote it and how to change it. Pure. */
export function sealManaged(body: string, version: string): string {
  const first = `# Written by quillon wrappers (${version}, ${digestOf(body)}) from [tool.quillon.ci]: change that and run it again.`
  const second = "# Edits above the end line stop quillon wrappers; quillon wrappers --check shows them."
  return `${first}\n${second}\n${body.trimEnd()}\n${LAST}\n`
}

/** Takes a file apart. Pure. */
export function readManaged(text: string): ManagedFile {
  const lines = text.replaceAll("\r\n", "\n").split("\n")
  const [, , digest] = FIRST.exec(lines[0] ?? "") ?? []
  const end = lines.indexOf(LAST)
  if (digest === undefined || end === -1) return { kind: "foreign" }
  const body = `${lines.slice(2, end).join("\n")}\n`
  return {
    kind: "ours",
    managed: `${lines.slice(0, end + 1).join("\n")}\n`,
    own: lines.slice(end + 1).join("\n"),
    intact: digestOf(body) === digest,
  }
}

/** The first 12 digits of the sha256 of what stands between the lines. */
function digestOf(body: string): string {
  return createHash("sha256").update(body.trimEnd()).digest("hex").slice(0, 12)
}
