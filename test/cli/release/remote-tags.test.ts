import { join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { askRemoteTags, parseRemoteTags } from "../../../cli/release/remote-tags.js"
import { makeRepository } from "../version/repository.js"

test("a remote tells tags that a clone without them lacks", async () => {
  const remote = await makeRepository({ a: "" })
  await remote.commit("v1.0.0", "nested/v2")
  const clone = join(remote.folder, "clone")
  await execa("git", ["clone", "--quiet", "--no-tags", `file://${remote.folder}`, clone])
  const ask = askRemoteTags(clone)
  expect(await ask(`file://${remote.folder}`)).toEqual(["nested/v2", "v1.0.0"])
})

test("a remote that is not there, or begins like an option, gives no answer", async () => {
  const { folder } = await makeRepository({ a: "" })
  const ask = askRemoteTags(folder)
  expect(await Promise.all(["/nowhere/at/all.git", "--upload-pack=touch x"].map(ask))).toEqual([null, null])
})

test("what git prints is read line by line", () => {
  expect(parseRemoteTags(`${"a".repeat(40)}\trefs/tags/v1.0.0\n${"b".repeat(40)}\trefs/tags/x/y\n`)).toEqual([
    "v1.0.0",
    "x/y",
  ])
})
