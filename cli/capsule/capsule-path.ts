import { join, resolve } from "node:path"
import { CAPSULE_FILE } from "../../src/capsule/schema.js"
import type { Io } from "../io.js"
import { isThere } from "../is-there.js"
import { isRunId } from "../run-id.js"

/** The path that a word means, where it means a capsule and no stage: a file of that kind, a run's folder, a run's id. */
export async function capsulePath({ cwd }: Pick<Io, "cwd">, word: string): Promise<string | undefined> {
  const path = resolve(cwd, word)
  if (/\.(json|zip)$/i.test(word)) return path
  if (isRunId(word) && !(await isThere(path))) return join(cwd, ".quillon/runs", word)
  if (await isThere(join(path, CAPSULE_FILE))) return path
  // No stage has a slash in its name.
  return word.includes("/") ? path : undefined
}
