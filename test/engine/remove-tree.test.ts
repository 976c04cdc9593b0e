import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { createRunner } from "../../engine/process.js"
import { mountsBelow, removeTree } from "../../engine/remove-tree.js"

const MOUNTINFO = `27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
22 27 0:21 / /proc rw,relatime - proc proc rw
40 27 0:21 / /cache/scratch/b/proc ro,relatime - proc proc rw
41 27 0:22 / /cache/scratch/b/my\\040sys ro,relatime - sysfs sys rw
42 41 0:9 / /cache/scratch/b/my\\040sys/kernel/debug rw - debugfs debugfs rw
43 27 0:21 / /cache/scratch-of-another/proc rw - proc proc rw
`

describe("mountsBelow", () => {
  test("are those inside of the folder, the innermost before what it is mounted in", () => {
    expect(mountsBelow("/cache/scratch", MOUNTINFO)).toEqual([
      "/cache/scratch/b/my sys/kernel/debug",
      "/cache/scratch/b/my sys",
      "/cache/scratch/b/proc",
    ])
  })
})

describe("removeTree", () => {
  const run = createRunner({ env: process.env, log: () => {} })

  test("deletes a folder with all that is in it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "quillon-remove-"))
    mkdirSync(join(folder, "a", "b"), { recursive: true })
    writeFileSync(join(folder, "a", "b", "file"), "")
    await removeTree(folder, run)
    expect(existsSync(folder)).toBe(false)
  })

  test("is content when there is none", async () => {
    await expect(removeTree("/nowhere/at/all", run)).resolves.toBeUndefined()
  })
})
