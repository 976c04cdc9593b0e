import type { Finding } from "./finding.js"

/** Findings of one cell that get an excerpt: a report must stay one that can be opened. */
const EXCERPTS = 200
/** Lines shown before and after the one that a finding is about. */
const AROUND = 2
/** Characters of a line that are kept: what is longer was made by a program. */
const LINE_LIMIT = 200

/**
 * Findings with the lines around their places, as the files are now: later they may have changed. What has details of
 * its own, as a traceback, shows its lines there; a notebook's lines are not those of its file.
 */
export async function withExcerpts(
  findings: readonly Finding[],
  read: (file: string) => Promise<string | undefined>,
): Promise<readonly Finding[]> {
  const chosen = new Set(findings.filter(isAboutLines).slice(0, EXCERPTS))
  return Promise.all(
    findings.map(async (finding) => {
      if (!chosen.has(finding) || finding.file === undefined || finding.line === undefined) return finding
      const excerpt = excerptOf(await read(finding.file), finding.line)
      return excerpt === undefined ? finding : { ...finding, excerpt }
    }),
  )
}

function isAboutLines({ file, line, detail, baselined }: Finding): boolean {
  return file?.endsWith(".ipynb") === false && line !== undefined && detail === undefined && baselined === undefined
}

function excerptOf(text: string | undefined, line: number): Finding["excerpt"] {
  const all = text?.split(/\r\n?|\n/) ?? []
  if (line > all.length) return undefined
  const first = Math.max(1, line - AROUND)
  return { first, lines: all.slice(first - 1, line + AROUND).map((each) => each.slice(0, LINE_LIMIT)) }
}
