import { execFile } from "node:child_process"
import { mkdir, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { chooseStart } from "../../../src/release/tags.js"
import { gatherGitFacts } from "../../../src/targets/git-facts.js"
import { localGit } from "../../git/repository.js"

const run = promisify(execFile)
const CACHE = join(import.meta.dirname, "../../../node_modules/.cache/quillon-oracles")

/** Its default preset is older than the `!` of Conventional Commits, so it is asked with the preset of that name. */
const ANALYZER = ["@semantic-release/commit-analyzer@13.0.1", "conventional-changelog-conventionalcommits@9.3.1"]
const PYTHON = "python-semantic-release==10.7.0"

/** Rules of python-semantic-release: its defaults, on any branch name that the histories have. */
const PYTHON_SETTINGS = `[semantic_release]
allow_zero_version = true
major_on_zero = false
[semantic_release.branches.main]
match = "main"
`

const ASK = `
import { analyzeCommits } from "@semantic-release/commit-analyzer"
let text = ""
for await (const chunk of process.stdin) text += chunk
const logger = { log() {} }
const answer = await analyzeCommits({ preset: "conventionalcommits" }, { commits: JSON.parse(text), logger, cwd: process.cwd() })
process.stdout.write(JSON.stringify(answer ?? null))
`

/** Installs both tools into the test cache, once. */
export async function installOracles(): Promise<void> {
  await mkdir(join(CACHE, "npm"), { recursive: true })
  await writeFile(join(CACHE, "npm/package.json"), '{ "private": true, "type": "module" }\n')
  await writeFile(join(CACHE, "npm/ask.js"), ASK)
  await writeFile(join(CACHE, "python.toml"), PYTHON_SETTINGS)
  if (!(await isThere(join(CACHE, "npm/node_modules/conventional-changelog-conventionalcommits")))) {
    // Its peer, the whole of semantic-release, is not loaded.
    const options = ["--no-audit", "--no-fund", "--no-save", "--legacy-peer-deps"]
    await run("npm", ["install", ...options, ...ANALYZER], { cwd: join(CACHE, "npm") })
  }
  if (!(await isThere(join(CACHE, "venv/bin/semantic-release")))) {
    await run("python3", ["-m", "venv", join(CACHE, "venv")])
    await run(join(CACHE, "venv/bin/pip"), ["install", "--quiet", PYTHON])
  }
}

/** What commit-analyzer asks for: `major`, `minor`, `patch`, or null. */
export async function askCommitAnalyzer(folder: string): Promise<string | null> {
  const start = (tags: Parameters<typeof chooseStart>[0]) => chooseStart(tags, "v{version}")
  const { commits } = await gatherGitFacts(localGit(folder), { start })
  const child = run("node", ["ask.js"], { cwd: join(CACHE, "npm") })
  child.child.stdin?.end(JSON.stringify(commits.map(({ hash, message }) => ({ hash, message }))))
  return JSON.parse((await child).stdout)
}

/** The version that python-semantic-release would release; the last one where it would release nothing. */
export async function askPythonSemanticRelease(folder: string): Promise<string> {
  const args = ["--config", join(CACHE, "python.toml"), "--noop", "version", "--print"]
  const { stdout } = await run(join(CACHE, "venv/bin/semantic-release"), args, { cwd: folder })
  return stdout.trim()
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
