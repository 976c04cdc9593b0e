import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/** A release of a real project, by version and the sha256 of its sdist. */
export interface Release {
  readonly name: string
  readonly version: string
  readonly sha256: string
}

/** Releases that tests examine. */
export const RELEASES = {
  itsdangerous: {
    name: "itsdangerous",
    version: "2.2.0",
    sha256: "e0050c0b7da1eea53ffaf149c0cfbb5c6e2e2b69c4bef22c81fa6eb73e5f6173",
  },
  pluggy: {
    name: "pluggy",
    version: "1.7.0",
    sha256: "d1eaa46ebb595891b860ab086b4d09c8588af65ebd4361b8e8f4bb8920b90ba8",
  },
  attrs: {
    name: "attrs",
    version: "26.1.0",
    sha256: "d03ceb89cb322a8fd706d4fb91940737b6642aa36998fe130a9bc96c985eff32",
  },
  click: {
    name: "click",
    version: "7.1.2",
    sha256: "d2b5255c7c6349bc1bd1e59e08cd12acbbd63ce649f2588755783aa94dfb6b1a",
  },
  docopt: {
    name: "docopt-ng",
    version: "0.9.0",
    sha256: "91c6da10b5bb6f2e9e25345829fb8278c78af019f6fc40887ad49b060483b1d7",
  },
  markupsafe: {
    name: "markupsafe",
    version: "3.0.4",
    sha256: "2e9ad7dd851bf45fab9f75cbff4cb493fee9979e8d8c7c9c3ee119022518edd6",
  },
  six: {
    name: "six",
    version: "1.17.0",
    sha256: "ff70335d468e7eb6ec65b95b99d3a2836546063f63acc5171de367e834932a81",
  },
  tomlkit: {
    name: "tomlkit",
    version: "0.15.2",
    sha256: "83e32755ba1d20d9340bd069ee97e9f6232ba2346b63ffcba425de01f7e327a6",
  },
} as const satisfies Readonly<Record<string, Release>>

/** A release's sources, to read alone; pip fetches the sdist once and holds it to its hash. */
export async function fetchSources(release: Release): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "quillon-test", "projects")
  const kept = join(cache, `${release.name}-${release.version}`)
  if (!existsSync(kept)) await download(release, { cache, kept })
  return kept
}

/** A fresh copy of a release's sources. */
export async function fetchProject(release: Release): Promise<string> {
  const kept = await fetchSources(release)
  const folder = join(await mkdtemp(join(tmpdir(), "quillon-project-")), release.name)
  await cp(kept, folder, { recursive: true })
  return folder
}

async function download({ name, version, sha256 }: Release, { cache, kept }: { cache: string; kept: string }) {
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(join(cache, ".draft-"))
  try {
    const requirements = join(draft, "requirements.txt")
    await writeFile(requirements, `${name}==${version} --hash=sha256:${sha256}\n`)
    const options = ["--quiet", "--no-deps", "--no-binary", ":all:", "--require-hashes", "--dest", draft]
    await run("python3", ["-m", "pip", "download", ...options, "-r", requirements])
    const unpack = "import glob, sys, tarfile; tarfile.open(glob.glob('*.tar.gz')[0]).extractall('out')"
    await run("python3", ["-c", unpack], { cwd: draft })
    const [root = ""] = (await run("ls", [join(draft, "out")])).stdout.trim().split("\n")
    await rename(join(draft, "out", root), kept)
  } catch (error) {
    if (!existsSync(kept)) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}
