import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { dag } from "@dagger.io/dagger"
import { afterAll, beforeAll, expect, test } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { createCommitFiles } from "../../src/targets/commit-files.js"
import { containerGit, type Git } from "../../src/targets/git-command.js"
import { gatherGitFacts } from "../../src/targets/git-facts.js"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { openEngine } from "../engine-session.js"
import { git, localGit, writeRepository } from "../git/repository.js"
import { scriptedHistory } from "../git/scripted-history.js"

let engine: Awaited<ReturnType<typeof openEngine>>
let repository: Awaited<ReturnType<typeof writeRepository>>

beforeAll(async () => {
  engine = await openEngine()
  repository = await writeRepository(scriptedHistory({ seed: 5, commits: 200 }), "https://example.org/ada/engine.git")
})
afterAll(async () => {
  await repository.remove()
  await engine.close()
})

function inContainer(folder = repository.folder): Git {
  const toolchain = createToolchain({ dag, settings: settingsSchema.parse({}) })
  const container = toolchain.environment({ python: toolchain.defaultPython, apt: ["git"] })
  return containerGit(container, dag.host().directory(join(folder, ".git")))
}

test("a container tells the same facts as the git of this machine", async () => {
  const question = { start: () => "v1.0.0" }
  const facts = await gatherGitFacts(inContainer(), question)
  expect(facts).toEqual(await gatherGitFacts(localGit(repository.folder), question))
  expect(facts.commits).toHaveLength(199)
})

test("an exit code above 127 is an answer, with git's own words", async () => {
  const { code, complaint } = await inContainer().run(["log", "no-such-revision", "--"])
  expect(code).toBe(128)
  expect(complaint).toMatch(/no-such-revision/)
})

test("a revision that is not there is refused", async () => {
  const asked = gatherGitFacts(inContainer(), { at: "no-such-revision", start: () => null })
  await expect(asked).rejects.toMatchObject({ code: "NO_SUCH_REVISION" })
})

test("files of a commit come out of the container as they are", async () => {
  const blob = "\ufeffgrößer\r\n"
  // A repository of its own: a session reads a folder of this machine once.
  const other = await writeRepository([{ message: "a" }])
  await writeFile(join(other.folder, "VERSION"), blob)
  await git(other.folder, ["add", "VERSION"])
  await git(other.folder, ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", "--message=files"])
  const files = createCommitFiles(inContainer(other.folder), "HEAD")
  expect(await files.list()).toEqual(["VERSION"])
  expect(await files.read("VERSION")).toBe(blob)
  expect(await files.read("absent")).toBeUndefined()
  await other.remove()
})
