import { neutralise, neutraliseLine } from "../neutralise.js"

/** The log of a command of a cell that went wrong. */
export interface CellLog {
  /** E.g. `test@3.11 pytest`. */
  readonly title: string
  readonly text: string
}

/** Folds logs away in GitHub's log. Pure. */
export function githubSections(logs: readonly CellLog[]): readonly string[] {
  return logs.flatMap(({ title, text }) => [`::group::log of ${neutraliseLine(title)}`, linesOf(text), "::endgroup::"])
}

/**
 * Folds logs away in GitLab's log.
 *
 * @param now seconds since 1970
 */
export function gitlabSections(logs: readonly CellLog[], now: number): readonly string[] {
  return logs.flatMap(({ title, text }, index) => {
    const name = `quillon_log_${index}`
    return [
      `\u001b[0Ksection_start:${now}:${name}[collapsed=true]\r\u001b[0Klog of ${neutraliseLine(title)}`,
      linesOf(text),
      `\u001b[0Ksection_end:${now}:${name}\r\u001b[0K`,
    ]
  })
}

function linesOf(text: string): string {
  return neutralise(text).replace(/\n+$/, "")
}
