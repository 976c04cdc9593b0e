import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { arch, tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { PYTHON } from "./supervised-process.js"

const PROGRAMS = join(import.meta.dirname, "../../src/toolchain/python")
const MACHINE = arch() === "arm64" ? "aarch64" : "x86_64"
const ASK = `import sys, install_uv
print(install_uv.install_directly(*sys.argv[1:]))`
const WHEEL = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("uv-1.0.data/scripts/uvx", "another program")
    wheel.writestr("uv-1.0.data/scripts/uv", "the program")`

let folder: string
let server: Server
let asked: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "quillon-uv-"))
  asked = []
  const wheel = join(folder, "served.whl")
  await execa(PYTHON, ["-c", WHEEL, wheel])
  server = await serveIndex(readFileSync(wheel))
})
afterEach(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

/** An index that answers PEP 691 alone, with addresses relative to its page; it may serve other bytes than it lists. */
async function serveIndex(wheel: Buffer, served = wheel): Promise<Server> {
  const digest = createHash("sha256").update(wheel).digest("hex")
  writeFileSync(join(folder, "uv.txt"), `uv==1.0 --hash=sha256:${"0".repeat(64)} --hash=sha256:${digest}\n`)
  const file = (platform: string, sha256: string) => {
    return { filename: `uv-1.0-py3-none-${platform}.whl`, url: `../../files/${platform}.whl`, hashes: { sha256 } }
  }
  const files = [file("win_amd64", "1".repeat(64)), file(`manylinux_2_17_${MACHINE}`, digest)]
  const made = createServer((request, response) => {
    asked.push(`${request.url}`)
    if (request.url === "/simple/uv/" && request.headers.accept === "application/vnd.pypi.simple.v1+json") {
      response.end(JSON.stringify({ files }))
    } else if (request.url === `/files/manylinux_2_17_${MACHINE}.whl`) {
      response.end(served)
    } else {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => void made.listen(0, "127.0.0.1", resolve))
  return made
}

async function install(): Promise<{ readonly taken: boolean; readonly said: string }> {
  const index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple/`
  const places = ["uv.txt", "target", "cache"].map((name) => join(folder, name))
  const { stdout, stderr } = await execa(PYTHON, ["-B", "-c", ASK, ...places, index], { env: { PYTHONPATH: PROGRAMS } })
  return { taken: stdout === "True", said: stderr }
}

describe("uv, straight from an index", () => {
  test("is the one program of the wheel for this machine, and is asked for once", async () => {
    expect(await install()).toEqual({ taken: true, said: "" })
    expect(readFileSync(join(folder, "target/bin/uv"), "utf8")).toBe("the program")
    expect(statSync(join(folder, "target/bin/uv")).mode & 0o777).toBe(0o755)
    expect((await install()).taken).toBe(true)
    expect(asked.filter((url) => url.endsWith(".whl"))).toHaveLength(1)
  })

  test("is left to pip when its bytes are not those of the lock, and nothing of them is kept", async () => {
    server.close()
    server = await serveIndex(readFileSync(join(folder, "served.whl")), Buffer.from("not what it was"))
    expect((await install()).taken).toBe(false)
    expect(asked.filter((url) => url.endsWith(".whl"))).toHaveLength(1)
    expect(readdirSync(join(folder, "cache"))).toEqual([])
  })

  test("is fetched again when what the cache holds was damaged", async () => {
    await install()
    const [name] = readdirSync(join(folder, "cache"))
    writeFileSync(join(folder, "cache", `${name}`), "half")
    expect((await install()).taken).toBe(true)
    expect(readFileSync(join(folder, "target/bin/uv"), "utf8")).toBe("the program")
  })
})
