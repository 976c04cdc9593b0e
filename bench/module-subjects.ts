import { cp, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { mustRun, type Place } from "./clock.js"

/** A module whose loading is measured. */
export interface ModuleSubject {
  readonly name: "trivial" | "quillon"
  readonly folder: string
  /** The source that is edited. */
  readonly source: string
}

/** A function that does nothing but answer. */
const PROBE = `
  /** Says what it is told. */
  @func()
  probe(text: string): string {
    return text
  }
`

const TRIVIAL = `import { func, object } from "@dagger.io/dagger"

@object()
export class Trivial {${PROBE}}
`

/** Makes both modules below a folder: one with nothing but the probe, and this repository's HEAD with the probe added. */
export async function makeModules(root: string, scratch: string, place: Place): Promise<readonly ModuleSubject[]> {
  const trivial = join(scratch, "trivial")
  await mkdir(join(trivial, "src"), { recursive: true })
  await writeFile(join(trivial, "src/index.ts"), TRIVIAL)
  const config = { name: "trivial", engineVersion: "v0.21.7", sdk: { source: "typescript" } }
  await writeFile(join(trivial, "dagger.json"), JSON.stringify(config))
  await writeFile(join(trivial, "package.json"), '{ "type": "module", "dependencies": { "typescript": "5.9.3" } }\n')
  const quillon = join(scratch, "quillon")
  await mustRun(["git", "clone", "--quiet", "--no-hardlinks", root, quillon], place)
  const source = join(quillon, "src/module.ts")
  const text = await readFile(source, "utf8")
  const probed = text.replace(/\n {2}private async prove\(/, `${PROBE}$&`)
  if (probed === text)
    throw new Error("src/module.ts has no place for the probe: bench/module-subjects.ts looks for prove()")
  await writeFile(source, probed)
  return [
    { name: "trivial", folder: trivial, source: join(trivial, "src/index.ts") },
    { name: "quillon", folder: quillon, source },
  ]
}

/** A project in a repository of its own, on which the module's own functions are called. */
export async function makeProject(root: string, scratch: string, place: Place): Promise<string> {
  const project = join(scratch, "service")
  await cp(join(root, "examples/service"), project, { recursive: true, filter: (path) => !path.includes(".quillon") })
  const git = ["git", "-C", project, "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
  await mustRun([...git, "init", "--quiet"], place)
  await mustRun([...git, "add", "--all"], place)
  await mustRun([...git, "commit", "--quiet", "--message", "all"], place)
  return project
}
