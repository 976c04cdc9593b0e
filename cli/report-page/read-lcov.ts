/** What of one file the tests ran. */
export interface CoveredFile {
  readonly file: string
  readonly lines: number
  readonly covered: number
  /** Ranges of lines that no test ran, first and last included. */
  readonly missing: readonly (readonly [first: number, last: number])[]
  /** Branches that no test took; 0 where branches were not measured. */
  readonly missedBranches: number
}

/** Reads lcov's trace files, as coverage.py writes them: `SF`, `DA:line,hits`, `BRDA:line,block,branch,taken`. Pure. */
export function readLcov(text: string): readonly CoveredFile[] {
  return text.split(/^end_of_record$/m).flatMap((record) => {
    const file = /^SF:(.+)$/m.exec(record)?.[1]
    if (file === undefined) return []
    const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, hits]) => ({
      line: Number(line),
      ran: hits !== "0",
    }))
    return [
      {
        file,
        lines: lines.length,
        covered: lines.filter(({ ran }) => ran).length,
        missing: rangesOf(lines),
        missedBranches: [...record.matchAll(/^BRDA:.+,(?:0|-)$/gm)].length,
      },
    ]
  })
}

/** Lines that follow each other among those that can run are one range, whatever stands between them. */
function rangesOf(lines: readonly { readonly line: number; readonly ran: boolean }[]): CoveredFile["missing"] {
  const ranges: [number, number][] = []
  let open = false
  for (const { line, ran } of [...lines].sort((a, b) => a.line - b.line)) {
    const last = ranges.at(-1)
    if (ran) open = false
    else if (open && last !== undefined) last[1] = line
    else {
      ranges.push([line, line])
      open = true
    }
  }
  return ranges
}
