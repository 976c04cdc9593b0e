import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ContentContext } from "../content.js"
import { withLibraryFirst } from "./library.js"

/** What the image's root file system consists of. */
export interface ImageParts {
  /** Tar of a Debian root filesystem. */
  readonly base: string
  /** A folder whose files are added to it; it receives Go's settings. */
  readonly added: string
  /** Makes `go` the one that the image is to have. */
  readonly environment: Readonly<Record<string, string>>
}

/** The same files give the same tar on any machine, whatever their modes and dates in Go's cache. */
const SAME = ["--sort=name", "--mtime=@1700000000", "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX"]

/** Tests of Go itself are a third of its files. */
const LEFT_OUT = ["--exclude=testdata", "--exclude=*_test.go", "--exclude=./go.env"]

/** Around every step the engine would run it, for a second and more; without it the engine adds its certificates itself. */
const SLOW = "./usr/sbin/update-ca-certificates"

/** Puts Debian, Go and what is added into one tar and gives its path. */
export async function packImage(parts: ImageParts, context: ContentContext): Promise<string> {
  const { run, scratch } = context
  const { stdout } = await run(["go", "env", "GOROOT"], { cwd: scratch, env: { ...parts.environment, GOWORK: "off" } })
  const goRoot = stdout.trim()
  const home = join(parts.added, "usr/local/go")
  await mkdir(home, { recursive: true })
  await writeFile(join(home, "go.env"), withLibraryFirst(await readFile(join(goRoot, "go.env"), "utf8")))
  // Dagger mounts its cache volumes there and takes what the image has as their beginning.
  for (const cache of ["go/pkg/mod", "root/.cache/go-build"]) await mkdir(join(parts.added, cache), { recursive: true })

  const tar = join(scratch, "image.tar")
  await copyFile(parts.base, tar)
  await run(["tar", "--delete", `--file=${tar}`, SLOW])
  const append = ["tar", "--append", `--file=${tar}`, ...SAME] as const
  // A distribution's Go has links out of its folder.
  const place = ["--dereference", "--transform=s,^\\.,./usr/local/go,"]
  await run([...append, ...place, ...LEFT_OUT, `--directory=${goRoot}`, "."])
  const folders = ["./usr/local/bin", "./usr/local/go/go.env", "./opt", "./go", "./root/.cache"]
  await run([...append, `--directory=${parts.added}`, ...folders])
  return tar
}
