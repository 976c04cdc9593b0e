import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { afterEach, beforeEach, expect, test } from "vitest"
import { writeOciLayout } from "../../engine/oci.js"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon-oci-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const sha256 = (data: Buffer) => `sha256:${createHash("sha256").update(data).digest("hex")}`
const blob = (digest: string) => readFileSync(join(folder, "blobs", "sha256", digest.slice("sha256:".length)))

test("the layout holds together: every digest and size is that of its blob, and the layer is the tar", async () => {
  writeFileSync(join(folder, "hello.txt"), "hello")
  execFileSync("tar", ["--create", "--file=rootfs.tar", "hello.txt"], { cwd: folder })
  const digest = await writeOciLayout(folder, join(folder, "rootfs.tar"), {
    architecture: "amd64",
    env: ["LANG=C.UTF-8"],
    command: ["python3"],
    labels: { "quillon.origin": "debian trixie" },
    created: "2023-11-14T22:13:20Z",
  })

  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"))
  expect(index.manifests).toMatchObject([{ digest, size: blob(digest).length }])
  expect(sha256(blob(digest))).toBe(digest)
  const manifest = JSON.parse(blob(digest).toString())
  const config = JSON.parse(blob(manifest.config.digest).toString())
  const layer = blob(manifest.layers[0].digest)
  expect(sha256(layer)).toBe(manifest.layers[0].digest)
  expect(layer.length).toBe(manifest.layers[0].size)
  expect(gunzipSync(layer).equals(readFileSync(join(folder, "rootfs.tar")))).toBe(true)
  expect(config.rootfs.diff_ids).toEqual([sha256(gunzipSync(layer))])
  expect(config).toMatchObject({
    os: "linux",
    architecture: "amd64",
    config: { Cmd: ["python3"], Env: ["LANG=C.UTF-8"], Labels: { "quillon.origin": "debian trixie" } },
  })
})
