import { readFile } from "node:fs/promises"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { Readable } from "node:stream"
import { execa } from "execa"

const ROOT = join(import.meta.dirname, "../../..")

/** A package registry on loopback that has Quillon too, as if it had been published. */
export interface PackageRegistry {
  readonly url: string
  /** Paths below the registry that were asked for. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** Packs this checkout and serves it; all else comes from the registry that npm is set up with. */
export async function serveQuillon(scratch: string): Promise<PackageRegistry> {
  const { stdout: packed } = await execa("npm", ["pack", "--json", "--pack-destination", scratch], { cwd: ROOT })
  const [{ filename, integrity, shasum }] = JSON.parse(packed.slice(packed.indexOf("[\n")))
  const manifest = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"))
  const { stdout: upstream } = await execa("npm", ["config", "get", "registry"], { cwd: scratch })
  const asked: string[] = []
  let url = ""

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/"
    asked.push(path)
    if (path === "/quillon") {
      const { version } = manifest
      const dist = { tarball: `${url}quillon/-/${filename}`, integrity, shasum }
      const versions = { [version]: { ...manifest, dist } }
      response.setHeader("content-type", "application/json")
      return void response.end(JSON.stringify({ name: "quillon", "dist-tags": { latest: version }, versions }))
    }
    if (path === `/quillon/-/${filename}`) return void response.end(await readFile(join(scratch, filename)))
    const theirs = await fetch(new URL(path.slice(1), upstream), {
      headers: { accept: request.headers.accept ?? "*/*" },
    })
    response.writeHead(theirs.status, { "content-type": theirs.headers.get("content-type") ?? "" })
    if (theirs.body === null) return void response.end()
    Readable.fromWeb(theirs.body).pipe(response)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(502).end(String(error)))
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    url,
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
