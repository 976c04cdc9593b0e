import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { writeEdits } from "../../../cli/version/write-edits.js"
import { makeRepository } from "./repository.js"

const edit = (file: string, before: string) => ({ file, line: 1, offset: 0, before, after: "9.9" })

test("all files are written, each through a draft beside it", async () => {
  const { folder } = await makeRepository({ "a.txt": "1.0 a", "b.txt": "1.0 b" }, { git: false })
  await writeEdits(folder, [edit("a.txt", "1.0"), edit("b.txt", "1.0")])
  expect(await readFile(join(folder, "a.txt"), "utf8")).toBe("9.9 a")
  expect(await readFile(join(folder, "b.txt"), "utf8")).toBe("9.9 b")
  expect(await readdir(folder)).toEqual(["a.txt", "b.txt"])
})

test.each([
  ["has changed", [edit("a.txt", "1.0"), edit("b.txt", "2.0")], "FILE_CHANGED"],
  ["is gone", [edit("a.txt", "1.0"), edit("c.txt", "1.0")], "CANT_WRITE"],
])("none is written when one of them %s", async (_name, edits, code) => {
  const { folder } = await makeRepository({ "a.txt": "1.0 a", "b.txt": "1.0 b" }, { git: false })
  await expect(writeEdits(folder, edits)).rejects.toThrow(expect.objectContaining({ code }))
  expect(await readFile(join(folder, "a.txt"), "utf8")).toBe("1.0 a")
  expect(await readdir(folder)).toEqual(["a.txt", "b.txt"])
})
