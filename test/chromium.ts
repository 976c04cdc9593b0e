import { execFile } from "node:child_process"
import { access, mkdir } from "node:fs/promises"
import { homedir, tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { promisify } from "node:util"
import { type Browser, chromium } from "playwright-core"

const run = promisify(execFile)

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"]
const PACKAGE = "@sparticuz/chromium@143.0.4"

/** A real Chromium: the machine's own, else one from npm that is kept in the cache of tests. */
export async function launchChromium(): Promise<Browser> {
  const own = await onPath()
  const executablePath = own ?? (await installed())
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--headless=shell"],
    ...(own === undefined ? { env: { ...environment(), LD_LIBRARY_PATH: join(tmpdir(), "al2023", "lib") } } : {}),
  })
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
async function installed(): Promise<string> {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "quillon-test", "chromium")
  await mkdir(folder, { recursive: true })
  await run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--save-exact", PACKAGE])
  const program = 'import chromium from "@sparticuz/chromium"; console.log(await chromium.executablePath())'
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], {
    cwd: folder,
    env: { ...environment(), AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  })
  return stdout.trim()
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
