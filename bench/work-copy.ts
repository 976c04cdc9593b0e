import { appendFile, cp, mkdir, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { mustRun, type Place } from "./clock.js"
import type { Scenario } from "./measure.js"
import type { Subject } from "./subject.js"

/** What the contestants leave in a tree, beside what the project's own .gitignore names. */
const LEFT_BEHIND = [
  ".venv/",
  ".nox/",
  ".tox/",
  ".quillon/",
  "dist/",
  "build/",
  "*.egg-info/",
  ".coverage",
  ".coverage.*",
  ".logs/",
]

const IDENTITY = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false"]

/** Copies a project into a folder of its own and makes it a git repository of one commit. */
export async function copyProject(subject: Subject, from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true })
  await mkdir(dirname(to), { recursive: true })
  await cp(from, to, { recursive: true })
  const git = gitIn(to)
  await git("init", "--quiet", "--initial-branch=main")
  await appendFile(join(to, ".git/info/exclude"), `${LEFT_BEHIND.join("\n")}\n`)
  await git("add", "--all")
  await git(...IDENTITY, "commit", "--quiet", "--message", "feat: begin")
  if (subject.tag !== undefined) await git("tag", subject.tag)
}

/** Makes the edit of a scenario, another one for each number; the README's is committed. */
export async function editProject(subject: Subject, folder: string, change: { scenario: Scenario; number: number }) {
  const { scenario, number } = change
  if (scenario === "README commit") {
    await appendFile(join(folder, subject.readme), `\nEdition ${number}.\n`)
    await gitIn(folder)(...IDENTITY, "commit", "--quiet", "--message", `docs: edition ${number}`, "--", subject.readme)
  }
  if (scenario === "test edit") {
    const text = `\n\ndef test_edition_${number}() -> None:\n    assert str(${number}) == "${number}"\n`
    await appendFile(join(folder, subject.testFile), text)
  }
  if (scenario === "source edit") {
    const text = `\n\ndef edition_${number}() -> int:\n    return ${number}\n`
    await appendFile(join(folder, subject.sourceFile), text)
  }
}

function gitIn(cwd: string): (...args: readonly string[]) => Promise<string> {
  const place: Place = { cwd, env: { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: cwd, GIT_CONFIG_NOSYSTEM: "1" } }
  return (...args) => mustRun(["git", ...args], place)
}
