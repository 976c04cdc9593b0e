import type { LockFile, Purpose } from "./project.js"
import { isPinned, type RequirementsFile } from "./requirement-files.js"
import type { Snapshot } from "./snapshot.js"
import type { Choice } from "./sources-of-dependencies.js"

/** The project's own lock, of several the one whose tool the project uses. */
export function findLock(
  snapshot: Snapshot,
  facts: {
    workspaceLock: string | undefined
    choices: { readonly test: Choice; readonly types: Choice }
    files: readonly RequirementsFile[]
    kind: "package" | "application"
  },
): LockFile | undefined {
  const { test, types } = facts.choices
  const groups: Record<Purpose, readonly string[]> = { runtime: [], test: test.groups, types: types.groups }
  const extras: Record<Purpose, readonly string[]> = { runtime: [], test: test.extras, types: types.extras }
  const found = (kind: LockFile["kind"], path: string): LockFile => ({ kind, path, groups, extras })
  if (snapshot.has("uv.lock")) return found("uv", "uv.lock")
  if (facts.workspaceLock !== undefined) return found("uv", facts.workspaceLock)
  if (snapshot.has("poetry.lock")) return found("poetry", "poetry.lock")
  if (snapshot.has("pdm.lock")) return found("pdm", "pdm.lock")
  const runtime = facts.files.filter(({ purpose }) => purpose === "runtime")
  const [only] = runtime
  const pinned =
    facts.kind === "application" &&
    runtime.length === 1 &&
    only !== undefined &&
    isPinned(snapshot.text(only.path) ?? "")
  return pinned ? found("requirements", only.path) : undefined
}
