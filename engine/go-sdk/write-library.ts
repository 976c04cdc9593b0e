import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { CompileContext } from "../build.js"
import { BUILD_ENVIRONMENT, DAGGER_VERSION, MODULE } from "../go-build.js"
import { LIBRARY, libraryCommit } from "./library.js"

type Go = Pick<CompileContext, "module" | "run">

/** A module as the image's proxy has it. */
interface Served {
  readonly path: string
  readonly version: string
  /** What else it is asked for by. */
  readonly alias?: string
}

/** What `go mod download -json` tells of a module. */
interface Download {
  readonly Info: string
  readonly GoMod: string
  readonly Zip: string
}

/**
 * Writes Dagger's client library into the image as a Go proxy. An engine asks for a commit of it, and for the newest query
 * builder: not every proxy serves commits and lists, and what is newest changes. The library's release of the engine's
 * version answers for the one, and the query builder that the engine was compiled with for the other.
 */
export async function writeLibrary(rootfs: string, go: Go): Promise<void> {
  const source = await readFile(join(await ask(MODULE, "Dir", go), "core/sdk/go_sdk.go"), "utf8")
  const queries = "github.com/dagger/querybuilder"
  const served: readonly Served[] = [
    { path: "dagger.io/dagger", version: DAGGER_VERSION, alias: libraryCommit(source) },
    { path: queries, version: await ask(queries, "Version", go) },
  ]
  for (const module of served) await serve(module, join(rootfs, LIBRARY, module.path), go)
}

/** Asks Go for a fact of a module that the engine is built from. */
async function ask(path: string, fact: "Dir" | "Version", { run, module }: Go): Promise<string> {
  const { stdout } = await run(["go", "list", "-m", "-f", `{{.${fact}}}`, path], {
    cwd: module,
    env: BUILD_ENVIRONMENT,
  })
  return stdout.trim()
}

async function serve({ path, version, alias }: Served, folder: string, { run, module }: Go): Promise<void> {
  const download = ["go", "mod", "download", "-json", `${path}@${version}`] as const
  const { stdout } = await run(download, { cwd: module, env: BUILD_ENVIRONMENT })
  const found = JSON.parse(stdout) as Download
  const versions = join(folder, "@v")
  await mkdir(versions, { recursive: true })
  await copyFile(found.Zip, join(versions, `${version}.zip`))
  await copyFile(found.GoMod, join(versions, `${version}.mod`))
  await writeFile(join(versions, "list"), `${version}\n`)
  for (const name of [version, ...(alias === undefined ? [] : [alias])]) {
    await copyFile(found.Info, join(versions, `${name}.info`))
  }
  await copyFile(found.Info, join(folder, "@latest"))
}
