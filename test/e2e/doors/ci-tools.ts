import { existsSync } from "node:fs"
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { testCache } from "../../release/version/python-venv.js"

const ACT = "github.com/nektos/act@v0.2.89"
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
const CHECK_JSONSCHEMA = "check-jsonschema==0.39.0"
const GITLAB_CI_LOCAL = "gitlab-ci-local@4.75.1"
/** gitlab-ci-local asks for a newer Node than Quillon does; the npm package brings one. */
const NODE = `node-linux-${process.arch}@22.22.0`
/** rsync, and what it needs beyond Debian's smallest system. */
const RSYNC = ["rsync", "libpopt0", "libxxhash0"]

/** Runs GitHub workflows. */
export async function installAct(): Promise<string> {
  return join(await goProgram("act", ACT), "act")
}

/** Finds what is wrong with GitHub workflows. */
export async function installActionlint(): Promise<string> {
  return join(await goProgram("actionlint", ACTIONLINT), "actionlint")
}

/** Holds files to the schemas that GitHub and GitLab publish, which it brings along. */
export async function installCheckJsonschema(): Promise<string> {
  const folder = await once("check-jsonschema", async (draft) => {
    await execa("python3", ["-m", "venv", draft])
    await execa(join(draft, "bin/python"), ["-m", "pip", "install", "--quiet", CHECK_JSONSCHEMA])
  })
  // The start scripts of a virtual environment that was moved name its old place.
  return join(folder, "bin/python")
}

/** Runs GitLab pipelines: the command's first words, and the folder of rsync where the machine has none. */
export async function installGitlabCiLocal(): Promise<{ readonly command: readonly string[]; readonly path: string }> {
  const folder = await once("gitlab-ci-local", async (draft) => {
    await writeFile(join(draft, "package.json"), '{ "private": true }\n')
    await execa("npm", ["install", "--no-audit", "--no-fund", GITLAB_CI_LOCAL, NODE], { cwd: draft })
  })
  const modules = join(folder, "node_modules")
  const node = join(modules, `node-linux-${process.arch}`, "bin/node")
  return { command: [node, join(modules, "gitlab-ci-local/dist/index.js")], path: await installRsync() }
}

/** Debian's own, unpacked below the cache: the machine stays as it is. */
async function installRsync(): Promise<string> {
  return once("rsync", async (draft) => {
    await execa("apt-get", ["download", ...RSYNC], { cwd: draft })
    for (const name of (await readdir(draft)).filter((file) => file.endsWith(".deb"))) {
      await execa("dpkg-deb", ["--extract", name, "root"], { cwd: draft })
    }
    const script = [
      "#!/bin/sh",
      'here=$(dirname -- "$0")',
      'LD_LIBRARY_PATH=$(echo "$here"/root/usr/lib/*-linux-gnu) exec "$here/root/usr/bin/rsync" "$@"',
    ]
    await writeFile(join(draft, "rsync"), `${script.join("\n")}\n`)
    await chmod(join(draft, "rsync"), 0o755)
  })
}

async function goProgram(name: string, module: string): Promise<string> {
  return once(name, async (draft) => {
    const path = `${process.env.PATH ?? ""}:/usr/local/go/bin`
    await execa("go", ["install", module], { env: { GOBIN: draft, PATH: path } })
  })
}

/** Makes a folder below the test cache, whole or not at all. */
async function once(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  const folder = join(testCache(), "ci-tools", name)
  if (existsSync(folder)) return folder
  await mkdir(dirname(folder), { recursive: true })
  const draft = await mkdtemp(`${folder}-`)
  try {
    await make(draft)
    await rename(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}
