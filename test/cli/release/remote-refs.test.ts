import { join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { askRemoteRefs, parseRemoteRefs } from "../../../cli/release/remote-refs.js"
import { makeRepository } from "../version/repository.js"

test("a remote tells tags and abandoned releases that a clone knows nothing of", async () => {
  const remote = await makeRepository({ a: "" })
  await remote.commit("v1.0.0", "nested/v2")
  await execa("git", ["-C", remote.folder, "update-ref", "refs/quillon/abandoned/1.0.0", "HEAD"])
  const clone = join(remote.folder, "clone")
  await execa("git", ["clone", "--quiet", "--no-tags", `file://${remote.folder}`, clone])
  const ask = askRemoteRefs(clone)
  expect(await ask(`file://${remote.folder}`)).toEqual({ tags: ["nested/v2", "v1.0.0"], abandoned: ["1.0.0"] })
})

test("a remote that is not there, or begins like an option, gives no answer", async () => {
  const { folder } = await makeRepository({ a: "" })
  const ask = askRemoteRefs(folder)
  expect(await Promise.all(["/nowhere/at/all.git", "--upload-pack=touch x"].map(ask))).toEqual([null, null])
})

test("what git prints is read line by line, and a branch in place of a ref of ours counts", () => {
  const listed = [
    `${"a".repeat(40)}\trefs/tags/v1.0.0`,
    `${"b".repeat(40)}\trefs/tags/x/y`,
    `${"c".repeat(40)}\trefs/heads/quillon/abandoned/1.1.0-rc.1`,
    "",
  ]
  expect(parseRemoteRefs(listed.join("\n"))).toEqual({ tags: ["v1.0.0", "x/y"], abandoned: ["1.1.0-rc.1"] })
})
