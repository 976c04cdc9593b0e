/** Bytes of UTF-8 that a job's page takes: GitHub refuses a summary above 1 MiB as a whole. */
export const SUMMARY_LIMIT = 1_000_000

/** Joins sections as long as they fit, and says at the end how many did not. Pure. */
export function joinBounded(sections: readonly string[], limit: number): string {
  const kept: string[] = []
  let bytes = 0
  for (const section of sections) {
    bytes += Buffer.byteLength(section) + 1
    if (bytes > limit - 200) break
    kept.push(section)
  }
  const left = sections.length - kept.length
  const more = `*Cut here: ${left} more ${left === 1 ? "section" : "sections"} did not fit. All of it is in report.json.*\n`
  return (left === 0 ? kept : [...kept, more]).join("\n")
}
