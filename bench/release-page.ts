import { median } from "./clock.js"

/** Seconds of one kind of release. */
export interface ReleaseMeasure {
  readonly title: string
  readonly seconds: readonly number[]
}

/** What the releases' part of docs/benchmarks.md tells besides the measures. */
export interface ReleaseCircumstances {
  readonly date: string
  readonly commit: string
  readonly machine: string
  readonly load: number
}

/** Seconds within which a release of which everything is done is to be resumed. */
export const RESUME_LIMIT = 5

/** The releases' part of docs/benchmarks.md: medians, fastest and slowest. Pure. */
export function renderReleasePart(measures: readonly ReleaseMeasure[], at: ReleaseCircumstances): string {
  const show = (seconds: number) => `${seconds.toFixed(1)} s`
  return [
    "## Releases",
    `Made by \`npm run bench:release\` on ${at.date} at commit ${at.commit}; ${at.machine}. Load average before it began: ${at.load.toFixed(1)}.`,
    `A small package for one Python (sdist, wheel, SBOM, release page) is rehearsed: the real release, to servers on the same
machine. *Cold*: the engine never saw its files; *warm*: they are known, and the release commit is new. Where every target has
it, the process was killed before its receipt: another one looks at all targets, leaves the receipt and takes the journal away;
that is to take ${RESUME_LIMIT} s at most.`,
    [
      "| | median | fastest | slowest | runs |",
      "| --- | --- | --- | --- | --- |",
      ...measures.map(({ title, seconds }) =>
        ["", title, show(median(seconds)), show(Math.min(...seconds)), show(Math.max(...seconds)), seconds.length, ""]
          .join(" | ")
          .trim(),
      ),
    ].join("\n"),
  ].join("\n\n")
}
