import type { Snapshot } from "./snapshot.js"
import { join } from "./tree.js"

/** For what a requirements file is meant, by its name. */
export type FilePurpose = "runtime" | "test" | "dev" | "types" | "constraints" | "other"

/** A requirements file of the project. */
export interface RequirementsFile {
  readonly path: string
  readonly purpose: FilePurpose
}

const PURPOSES: readonly (readonly [FilePurpose, readonly string[]])[] = [
  ["constraints", ["constraints", "constraint"]],
  ["other", ["docs", "doc", "build", "lint", "style", "release", "deploy", "ci", "optional", "bench", "benchmarks"]],
  ["types", ["typing", "types", "mypy", "typecheck"]],
  ["test", ["test", "tests", "testing", "pytest"]],
  ["dev", ["dev", "develop", "development", "devel", "local"]],
]

/** All requirements files; of `x.in` and the `x.txt` compiled from it, the latter. */
export function requirementsFiles(snapshot: Snapshot): readonly RequirementsFile[] {
  const paths = snapshot.paths.filter((path) => snapshot.text(path) !== undefined && /\.(?:txt|in)$/.test(path))
  return paths
    .filter((path) => /(?:^|[/_.-])(?:requirements|reqs|deps|constraints?)(?:[/_.-]|$)/i.test(path))
    .filter((path) => !path.endsWith(".in") || !snapshot.has(path.replace(/\.in$/, ".txt")))
    .filter((path) => path !== "MANIFEST.in")
    .map((path) => ({ path, purpose: purposeOf(path) }))
}

function purposeOf(path: string): FilePurpose {
  const words = path.toLowerCase().split(/[/_.-]/)
  const found = PURPOSES.find(([, names]) => names.some((name) => words.includes(name)))?.[0]
  if (found !== undefined) return found
  const rest = words.filter((word) => !["requirements", "reqs", "deps", "txt", "in"].includes(word))
  return rest.every((word) => ["base", "prod", "production", "main", "common", "app", "core"].includes(word))
    ? "runtime"
    : "other"
}

/** The files and all that they include by `-r` and `-c`. */
export function withIncluded(snapshot: Snapshot, paths: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ""
    for (const match of (snapshot.text(path) ?? "").matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[\s=]+(\S+)/gm)) {
      visit(resolve(folder, match[1] ?? ""))
    }
  }
  for (const path of paths) visit(path)
  return [...seen]
}

function resolve(folder: string, path: string): string {
  const parts: string[] = []
  for (const part of join(folder, path).split("/")) {
    if (part === "..") parts.pop()
    else parts.push(part)
  }
  return parts.join("/")
}

/** True where every line pins one exact version, so that the file is a lock. */
export function isPinned(text: string): boolean {
  const lines = text
    .replace(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter(
      (line) =>
        line !== "" &&
        !/^--?(?:i|index-url|extra-index-url|find-links|only-binary|no-binary|c|require-hashes)/.test(line),
    )
  return lines.length > 0 && lines.every((line) => /^[\w.[\],-]+\s*===?\s*[^*\s;]+(?:\s*;.*|\s+--.*)?$/.test(line))
}
