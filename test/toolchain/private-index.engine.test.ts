import { dag, type Service } from "@dagger.io/dagger"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { classifyThrown } from "../../src/toolchain/thrown.js"
import { pinOf } from "../../src/toolchain/tools.js"
import { openEngine } from "../engine-session.js"

/** An index that shows the public one's pages to whoever knows the password. */
const SERVER = `
import base64, http.server, urllib.parse, urllib.request
from pip._internal.models.index import PyPI
LOGIN = "Basic " + base64.b64encode(b"joe:s3cret/!").decode()
PAGE = "application/vnd.pypi.simple.v1+html"
class Index(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.headers.get("Authorization") != LOGIN:
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic realm=index")
            self.end_headers()
            return
        page = urllib.request.urlopen(urllib.request.Request(urllib.parse.urljoin(PyPI.simple_url, self.path), headers={"Accept": PAGE}))
        self.send_response(200)
        self.send_header("Content-Type", PAGE)
        self.end_headers()
        self.wfile.write(page.read())
http.server.ThreadingHTTPServer(("", 8080), Index).serve_forever()
`
let engine: Awaited<ReturnType<typeof openEngine>>
let service: Service
let url: string

beforeAll(async () => {
  engine = await openEngine()
  const server = dag.container().from("python:3.13-slim").withNewFile("/server.py", SERVER).withExposedPort(8080)
  service = await server.asService({ args: ["python3", "/server.py"] }).start()
  url = `http://${await service.hostname()}:8080/simple/`
})
afterAll(async () => {
  await service?.stop()
  await engine?.close()
})

function environmentFrom(credential: string) {
  const settings = { python: {}, index: { url, credential: "INDEX" } }
  const secret = (name: string) => dag.setSecret(name, credential)
  const nonce = `${process.pid}-${Date.now()}`
  return createToolchain({ dag, settings, secret, nonce }).environment({
    python: "3.11",
    tools: [pinOf("ruff"), "six==1.16.0"],
  })
}

test("a private index gives its packages to who has the credential, and the environment keeps nothing of it", async () => {
  const look =
    "ruff --version; python -c 'import six; print(six.__version__)'; env | grep -c -i -e index -e s3cret; true"
  const said = await environmentFrom("joe:s3cret/!").withExec(["sh", "-c", look]).stdout()
  expect(said).toBe(`${pinOf("ruff").replace("==", " ")}\n1.16.0\n0\n`)
})

test("a wrong credential is told by the address that refused it, without the credential", async () => {
  const thrown: unknown = await environmentFrom("joe:wrong-password")
    .sync()
    .catch((error: unknown) => error)
  const told = classifyThrown(thrown)
  expect(told).toMatchObject({ cause: "install", reason: expect.stringContaining("refuses us: 401") })
  expect(JSON.stringify(told)).not.toContain("wrong-password")
})
