import type { CellReport, Report } from "../pipeline/report.js"

/** A finding's place as a forge reads it. */
export interface RepositoryPlace {
  /** Relative to the root of the repository, `/` as separator. */
  readonly path: string
  /** 1-based. */
  readonly line: number
  /** 1-based. */
  readonly column?: number
  /** The finding's message, with its own place in front where the forge could not show that. */
  readonly message: string
}

/**
 * Where in the repository a finding is shown. Forges refuse findings without a place, so one that has none, or lies
 * outside the repository, is shown at the head of the file that names the project. Undefined where that is not known.
 */
export function placeInRepository(
  { file, line, column, message }: CellReport["findings"][number],
  { project }: Pick<Report, "project">,
): RepositoryPlace | undefined {
  const path = file === undefined ? undefined : pathInRepository(project.path, file)
  if (path !== undefined) {
    return { path, line: line ?? 1, message, ...(line === undefined || column === undefined ? {} : { column }) }
  }
  const home = project.file === undefined ? undefined : pathInRepository(project.path, project.file)
  if (home === undefined) return undefined
  const own = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`}: `
  return { path: home, line: 1, message: `${own}${message}` }
}

/** Joins the project's folder with a path in it; undefined for a path that leaves the repository. */
export function pathInRepository(folder: string, file: string): string | undefined {
  if (file.startsWith("/") || /^[A-Za-z]:/.test(file)) return undefined
  const parts: string[] = []
  for (const part of [...folder.split("/"), ...file.split("/")]) {
    if (part === "" || part === ".") continue
    if (part !== "..") parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.length === 0 ? undefined : parts.join("/")
}
