import type { Finding } from "./finding.js"

/** The text of a finding's line; undefined where it has none that can be read. */
export type LineOf = (finding: Pick<Finding, "file" | "line" | "subject">) => string | undefined

/** Files that are asked for at a time: in the module each is a query. */
const AT_ONCE = 16

/** Reads the files in which findings lie, and gives the lines that they are about. */
export async function readSourceLines(
  findings: readonly Finding[],
  read: (file: string) => Promise<string | undefined>,
): Promise<LineOf> {
  const files = [...new Set(findings.flatMap((finding) => (isAboutLine(finding) ? [finding.file] : [])))]
  const lines = new Map<string, readonly string[]>()
  for (let at = 0; at < files.length; at += AT_ONCE) {
    await Promise.all(
      files.slice(at, at + AT_ONCE).map(async (file) => {
        const text = await read(file)
        if (text !== undefined) lines.set(file, text.split(/\r\n?|\n/))
      }),
    )
  }
  return (finding) => (isAboutLine(finding) ? lines.get(finding.file)?.[finding.line - 1] : undefined)
}

/** In a notebook lines are counted in cells, not in the file. */
function isAboutLine<T extends Pick<Finding, "file" | "line" | "subject">>(
  finding: T,
): finding is T & { readonly file: string; readonly line: number } {
  const { file, line, subject } = finding
  return subject === undefined && file !== undefined && line !== undefined && !file.endsWith(".ipynb")
}
