import { expect, test } from "vitest"
import { cellOf, lastReport, quillon } from "./quillon.js"
import { smallProject, withSettings } from "./small-project.js"

/** A test that asks the service `web` for its front page. */
const asks = {
  "tests/test_double.py":
    "from urllib.request import urlopen\n\n\ndef test_web() -> None:\n    assert b'served' in urlopen('http://web:8000/').read()\n",
}

/** A web server that listens only after three seconds. */
const slow =
  "import http.server, os, time; time.sleep(3); os.chdir('/tmp'); open('index.html', 'w').write('served'); http.server.test(http.server.SimpleHTTPRequestHandler, port=8000)"
const service = (health: string) =>
  `test.services.web = { image = "python:3.13-slim", port = 8000, args = ["python3", "-c", """${slow}"""]${health} }`

test("tests find a service under its host name, once its port is open", async () => {
  const cwd = await smallProject({ ...withSettings(service("")), ...asks })
  const { exitCode, all } = await quillon(["test"], { cwd })
  expect(exitCode, all).toBe(0)
})

test("tests wait for the health command of a service, and are not run again while nothing changes", async () => {
  const health = `, health = { command = ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000')"], timeout = 30 }`
  const cwd = await smallProject({ ...withSettings(service(health)), ...asks })
  const { exitCode, all } = await quillon(["test"], { cwd })
  expect(exitCode, all).toBe(0)
  await quillon(["test"], { cwd })
  expect(cellOf(await lastReport(cwd), "test@3.13").cached).toBe(true)
})

test("a service may be built from a Dockerfile of the project, which sees its own folder", async () => {
  const settings = `test.services.web = { dockerfile = "web/Dockerfile", port = 8000 }`
  const files = {
    "web/index.html": "served",
    "web/Dockerfile":
      'FROM python:3.13-slim\nCOPY index.html /srv/\nWORKDIR /srv\nCMD ["python", "-m", "http.server", "8000"]\n',
  }
  const cwd = await smallProject({ ...withSettings(settings), ...asks, ...files })
  const { exitCode, all } = await quillon(["test"], { cwd })
  expect(exitCode, all).toBe(0)
})

test("a service that never gets healthy makes the cell errored and is named", async () => {
  const health = `, health = { command = ["python3", "-c", "raise SystemExit(3)"], timeout = 3 }`
  const cwd = await smallProject({ ...withSettings(service(health)), ...asks })
  const { exitCode, all } = await quillon(["test"], { cwd })
  expect(exitCode).toBe(2)
  expect(all).toContain("the service web did not get healthy (exit code 3)")
  expect(cellOf(await lastReport(cwd), "test@3.13").outcome).toBe("errored")
})
