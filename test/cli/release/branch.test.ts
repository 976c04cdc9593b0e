import { rm } from "node:fs/promises"
import { afterEach, expect, test } from "vitest"
import { branchOf } from "../../../cli/release/branch.js"
import { git, writeRepository } from "../../git/repository.js"

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

test.each<[string, Readonly<Record<string, string>>, string | null]>([
  ["nobody says", {}, null],
  ["GitHub Actions says", { GITHUB_REF_NAME: "next", GITHUB_REF_TYPE: "branch" }, "next"],
  ["GitHub Actions says that it is a tag", { GITHUB_REF_NAME: "v1", GITHUB_REF_TYPE: "tag" }, null],
  ["GitLab says", { CI_COMMIT_BRANCH: "main" }, "main"],
])("on no branch, %s", async (_, env, expected) => {
  const { folder } = await writeRepository([{ message: "a" }])
  folders.push(folder)
  await git(folder, ["checkout", "--quiet", "--detach"])
  expect(await branchOf({ env }, folder)).toBe(expected)
})

test("the checkout's own branch counts before what a CI system says", async () => {
  const { folder } = await writeRepository([{ message: "a" }])
  folders.push(folder)
  expect(await branchOf({ env: { CI_COMMIT_BRANCH: "other" } }, folder)).toBe("main")
})
