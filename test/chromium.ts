import { execFile } from "node:child_process"
import { access, mkdir } from "node:fs/promises"
import { homedir } from "node:os"
import { delimiter, join } from "node:path"
import { promisify } from "node:util"
import { type Browser, chromium } from "playwright-core"

const run = promisify(execFile)

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"]
const PACKAGE = "@sparticuz/chromium@143.0.4"

/** A real Chromium: the machine's own, else one from npm that is kept in the cache of tests. */
export async function launchChromium(): Promise<Browser> {
  const own = await onPath()
  const found = own === undefined ? await installed() : { executablePath: own }
  return chromium.launch({ ...found, args: ["--no-sandbox", "--disable-gpu", "--headless=shell"] })
}

async function onPath(): Promise<string | undefined> {
  const places = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const there = await Promise.all(
    places.map((place) =>
      access(place).then(
        () => place,
        () => undefined,
      ),
    ),
  )
  return there.find((place) => place !== undefined)
}

/** The package unpacks its browser on first use, with the libraries that a bare machine lacks when it takes it for one. */
async function installed(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache")
  const folder = join(cache, "quillon-test", "chromium")
  const unpacked = join(folder, "unpacked")
  await mkdir(unpacked, { recursive: true })
  await run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--save-exact", PACKAGE])
  const program = 'import chromium from "@sparticuz/chromium"; console.log(await chromium.executablePath())'
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], {
    cwd: folder,
    env: { ...environment(), AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x", TMPDIR: unpacked },
  })
  return {
    executablePath: stdout.trim(),
    env: { ...environment(), LD_LIBRARY_PATH: join(unpacked, "al2023", "lib") },
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
