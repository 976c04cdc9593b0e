import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { layChanges } from "../../../cli/capsule/lay-changes.js"
import type { ChangedFile } from "../../../src/capsule/schema.js"
import { writeFiles } from "../../write-files.js"

let home: string
let root: string

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "quillon-changes-"))
  root = join(home, "tree")
  await writeFiles(root, { "kept.txt": "kept", "gone.txt": "gone", "was-file": "x", "was-folder/a": "a" })
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const text = (path: string, content: string, executable = false): ChangedFile => ({
  ...{ kind: "text", path, executable, text: content },
})
const read = (path: string) => readFileSync(join(root, path), "utf8")

test("files come, change, go, turn into folders and links, and keep their bytes and modes", async () => {
  await layChanges(root, [
    { kind: "link", path: "link", target: "kept.txt" },
    text("kept.txt", "changed\r\n"),
    { kind: "gone", path: "gone.txt" },
    text("was-file/inside.txt", "in"),
    text("was-folder", "a file"),
    text("new/tool.sh", "#!/bin/sh\n", true),
    { kind: "bytes", path: "bytes", executable: false, base64: "AAH+" },
  ])
  expect(readdirSync(root).sort()).toEqual(["bytes", "kept.txt", "link", "new", "was-file", "was-folder"])
  expect([read("kept.txt"), read("was-file/inside.txt"), read("was-folder")]).toEqual(["changed\r\n", "in", "a file"])
  expect([...readFileSync(join(root, "bytes"))]).toEqual([0, 1, 254])
  expect(readlinkSync(join(root, "link"))).toBe("kept.txt")
  expect(statSync(join(root, "new/tool.sh")).mode & 0o111).not.toBe(0)
  expect(statSync(join(root, "kept.txt")).mode & 0o111).toBe(0)
})

test.each([
  "../out",
  "a/../../out",
  "/etc/out",
  "",
  "a//b",
  ".git/hooks/post-checkout",
  "sub/.GIT/config",
  "a\\..\\..\\out",
])("the path %j leads nowhere", async (path) => {
  await expect(layChanges(root, [text(path, "pwned")])).rejects.toMatchObject({ code: "UNSAFE_CAPSULE" })
  expect(readdirSync(home)).toEqual(["tree"])
})

test("nothing is written through a link, whether the commit has it or the capsule brings it", async () => {
  mkdirSync(join(home, "outside"))
  await layChanges(root, [{ kind: "link", path: "door", target: join(home, "outside") }])
  await expect(layChanges(root, [text("door/file", "pwned")])).rejects.toMatchObject({ code: "UNSAFE_CAPSULE" })
  await layChanges(root, [{ kind: "link", path: "hatch", target: join(home, "outside") }, text("hatch/file", "x")])
  expect(lstatSync(join(root, "hatch")).isSymbolicLink()).toBe(true)
  expect(readdirSync(join(home, "outside"))).toEqual([])
})
