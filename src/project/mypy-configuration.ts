import { listWords, readIni } from "./ini.js"
import type { Snapshot } from "./snapshot.js"

/** Words of a value of mypy's configuration, wherever the project has it; none where it is not set. */
export function mypyWords(snapshot: Snapshot, key: string): readonly string[] {
  const alone = ["mypy.ini", ".mypy.ini"].find(snapshot.has)
  const value =
    alone === undefined
      ? (snapshot.pyproject?.get("tool", "mypy", key) ?? snapshot.setupCfg?.get("mypy", key))
      : readIni(snapshot.text(alone) ?? "", alone).get("mypy", key)
  return Array.isArray(value) ? value.map(String) : listWords(typeof value === "string" ? value : "")
}

/** True where mypy is told to check the tests, which import what tests need. */
export function checksTests(snapshot: Snapshot): boolean {
  return mypyWords(snapshot, "files").some((path) => /(?:^|\/)(?:tests?|testing)\b|^\.$/.test(path))
}

/** True where mypy is told what to check, or to look for modules and plugins among the tests. */
export function mayNeedTests(snapshot: Snapshot): boolean {
  if (["files", "packages", "modules"].some((key) => mypyWords(snapshot, key).length > 0)) return true
  return ["mypy_path", "plugins"].flatMap((key) => mypyWords(snapshot, key)).some((word) => /test|conftest/.test(word))
}
