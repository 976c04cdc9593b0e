import { existsSync } from "node:fs"
import { mkdir, rename } from "node:fs/promises"
import { join } from "node:path"
import type { DebianSource } from "./debian.js"
import type { Run } from "./process.js"
import { contentKey } from "./recipe.js"
import { removeTree } from "./remove-tree.js"

/** A Debian root filesystem to be made: what `mmdebstrap` needs to know. */
export interface BootstrapRecipe {
  /** Debian codename, e.g. `trixie`. */
  readonly suite: string
  /** Beside the essential packages and apt. */
  readonly packages: readonly string[]
  /** An executable that gets the root filesystem's path and finishes it; `id` changes when the script does. */
  readonly finish?: { readonly script: string; readonly id: string }
}

/** What the bootstraps of one `up` share. */
export interface BootstrapContext {
  /** Folder of finished tars. */
  readonly bases: string
  readonly scratch: string
  readonly source: DebianSource
  readonly run: Run
  readonly onStep?: (text: string) => void
}

/** Timestamps newer than this are set to it, so that the same packages give the same tar. */
const EPOCH = "1700000000"

/** What Docker's `-slim` images leave out as well. */
const LEFT_OUT = [
  "/usr/share/doc/*",
  "/usr/share/man/*",
  "/usr/share/info/*",
  "/usr/share/locale/*",
  "/usr/share/lintian/*",
]

/**
 * mmdebstrap mounts /proc, /sys and parts of /dev below its folder. In a mount namespace of its own these mounts are
 * nobody else's, and as its process is the first of a pid namespace, a kill ends everything and unmounts all at once.
 */
const NAMESPACES = ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child=KILL", "--"] as const

/** Names a recipe's tar in the cache. */
export function bootstrapKey(recipe: BootstrapRecipe): string {
  return `${recipe.suite}-${contentKey(["bootstrap-1", recipe.suite, ...recipe.packages, "finish", recipe.finish?.id ?? ""])}`
}

/** Makes the root filesystem's tar, or finds it in the cache, and gives its path; a killed run leaves nothing but scratch. */
export async function bootstrap(recipe: BootstrapRecipe, context: BootstrapContext): Promise<string> {
  const path = join(context.bases, `${bootstrapKey(recipe)}.tar`)
  if (existsSync(path)) return path
  const scratch = join(context.scratch, `bootstrap-${bootstrapKey(recipe)}`)
  await removeTree(scratch, context.run)
  await mkdir(scratch, { recursive: true })
  await mkdir(context.bases, { recursive: true })
  const tar = join(scratch, "rootfs.tar")
  await context.run(
    [
      ...NAMESPACES,
      "mmdebstrap",
      ...bootstrapArguments(recipe, context.source),
      recipe.suite,
      tar,
      ...context.source.lines(recipe.suite),
    ],
    {
      env: { SOURCE_DATE_EPOCH: EPOCH, TMPDIR: scratch, LC_ALL: "C.UTF-8", DEBIAN_FRONTEND: "noninteractive" },
      onLine: (line) => {
        if (line.startsWith("I: ")) context.onStep?.(line.slice(3).replace(/\.+$/, ""))
      },
    },
  )
  await rename(tar, path)
  await removeTree(scratch, context.run)
  return path
}

/** The options of `mmdebstrap` for a recipe. */
export function bootstrapArguments(recipe: BootstrapRecipe, source: DebianSource): readonly string[] {
  return [
    "--variant=minbase",
    "--mode=root",
    `--include=${recipe.packages.join(",")}`,
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=Acquire::Retries "3"',
    ...source.aptOptions.map((option) => `--aptopt=${option}`),
    ...LEFT_OUT.map((path) => `--dpkgopt=path-exclude=${path}`),
    "--dpkgopt=path-include=/usr/share/doc/*/copyright",
    ...(recipe.finish === undefined ? [] : [`--customize-hook=${recipe.finish.script}`]),
  ]
}
