import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { QuillonError } from "../../src/errors.js"
import { readPlan, refusalOf } from "../../src/release/plan/accept.js"
import type { Plan } from "../../src/release/plan/schema.js"
import { digestSettings } from "../../src/release/plan/settings.js"
import type { KnownProject } from "../known-project.js"

/** Reads a plan file that is to be carried out now. @throws QuillonError also where it does not hold any more */
export async function acceptedPlan(file: string, { settings, git }: KnownProject, cwd: string): Promise<Plan> {
  const text = await readFile(resolve(cwd, file), "utf8").catch(() => undefined)
  if (text === undefined) {
    const message = `there is no file ${file}`
    throw new QuillonError({ code: "NO_PLAN", message, next: `quillon plan -o ${file}`, kind: "usage" })
  }
  const read = readPlan(text)
  if (read.kind === "refused") throw new QuillonError({ ...read, kind: "usage" })
  const { release, version } = settings
  const present = {
    head: git?.commit ?? "",
    settings: { release, version },
    settingsDigest: await digestSettings({ release, version }),
  }
  const refusal = refusalOf(read.plan, present)
  if (refusal !== undefined) throw new QuillonError({ ...refusal, kind: "usage" })
  return read.plan
}
