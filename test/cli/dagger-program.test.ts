import { createHash } from "node:crypto"
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { archiveName, findDaggerProgram } from "../../cli/dagger-program.js"
import { fakeIo } from "./fake-io.js"

const signal = new AbortController().signal
let folder: string
let server: Server | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon dagger "))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

/** A place that publishes one program, as Dagger's does. */
async function publish(sum?: string): Promise<string> {
  writeFileSync(join(folder, "dagger"), "#!/bin/sh\necho published\n")
  const name = archiveName(process.platform, process.arch)
  await execa("tar", ["-czf", name, "dagger"], { cwd: folder })
  const archive = readFileSync(join(folder, name))
  rmSync(join(folder, "dagger"))
  const sha256 = sum ?? createHash("sha256").update(archive).digest("hex")
  server = createServer((request, response) => {
    if (request.url?.endsWith(`/${name}`)) return void response.end(archive)
    if (request.url?.endsWith("/checksums.txt")) return void response.end(`00  other.zip\n${sha256}  ${name}\n`)
    response.statusCode = 404
    response.end()
  }).listen(0, "127.0.0.1")
  await new Promise((resolve) => server?.once("listening", resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function ioWith(env: Readonly<Record<string, string>> = {}) {
  return fakeIo({ env: { XDG_CACHE_HOME: join(folder, "cache"), PATH: "", ...env } })
}

describe("findDaggerProgram", () => {
  test("the one that the environment names comes first", async () => {
    expect(await findDaggerProgram(ioWith({ _EXPERIMENTAL_DAGGER_CLI_BIN: "/opt/dagger" }), signal)).toBe("/opt/dagger")
  })

  /** A program on PATH that says that it is of some version. */
  function onPath(version: string): string {
    mkdirSync(join(folder, "bin"))
    writeFileSync(join(folder, "bin/dagger"), `#!/bin/sh\necho "dagger ${version} (image://x) linux/amd64"\n`)
    chmodSync(join(folder, "bin/dagger"), 0o755)
    return `/nowhere:${folder}/bin`
  }

  test("then one on PATH of the version that the client speaks", async () => {
    expect(await findDaggerProgram(ioWith({ PATH: onPath("v0.21.7") }), signal)).toBe(`${folder}/bin/dagger`)
  })

  test("one of another version is passed over", async () => {
    const env = { PATH: onPath("v0.18.2"), QUILLON_DAGGER_DOWNLOADS: await publish() }
    expect(await findDaggerProgram(ioWith(env), signal)).toBe(join(folder, "cache/quillon/dagger/0.21.7/dagger"))
  })

  test("else the published one, fetched once", async () => {
    const QUILLON_DAGGER_DOWNLOADS = await publish()
    const program = await findDaggerProgram(ioWith({ QUILLON_DAGGER_DOWNLOADS }), signal)
    expect((await execa(program)).stdout).toBe("published")
    expect(statSync(program).mode & 0o111).toBe(0o111)
    server?.close()
    server?.closeAllConnections()
    expect(await findDaggerProgram(ioWith({ QUILLON_DAGGER_DOWNLOADS: "http://127.0.0.1:1" }), signal)).toBe(program)
  })

  test("an archive that is not the published one is not used", async () => {
    const QUILLON_DAGGER_DOWNLOADS = await publish("0".repeat(64))
    const finding = findDaggerProgram(ioWith({ QUILLON_DAGGER_DOWNLOADS }), signal)
    await expect(finding).rejects.toMatchObject({ code: "NO_DAGGER_PROGRAM" })
    await expect(finding).rejects.toThrow(/published is 0{64}/)
  })

  test("without network it says what to install", async () => {
    const finding = findDaggerProgram(ioWith({ QUILLON_DAGGER_DOWNLOADS: "http://127.0.0.1:1" }), signal)
    await expect(finding).rejects.toMatchObject({
      code: "NO_DAGGER_PROGRAM",
      next: "install dagger, or name it in _EXPERIMENTAL_DAGGER_CLI_BIN",
    })
  })
})

test.each([
  ["linux", "x64", "dagger_v0.21.7_linux_amd64.tar.gz"],
  ["linux", "arm64", "dagger_v0.21.7_linux_arm64.tar.gz"],
  ["darwin", "arm64", "dagger_v0.21.7_darwin_arm64.tar.gz"],
])("%s %s is published as %s", (platform, architecture, name) => {
  expect(archiveName(platform, architecture)).toBe(name)
})

test("a platform without a program is refused by name", () => {
  expect(() => archiveName("aix", "ppc64")).toThrow("aix ppc64")
})
