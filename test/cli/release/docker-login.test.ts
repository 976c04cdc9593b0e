import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { dockerLogin, loginSource } from "../../../cli/release/docker-login.js"

const auth = (text: string) => Buffer.from(text).toString("base64")

test("a login is found by the registry's host, and Docker Hub by the name that its login has", () => {
  const config = JSON.stringify({
    auths: { "ghcr.io": { auth: auth("ada:a:b") }, "https://index.docker.io/v1/": { auth: auth("hub:word") } },
  })
  expect(loginSource(config, "ghcr.io")).toEqual({ kind: "login", login: { user: "ada", password: "a:b" } })
  expect(loginSource(config, "registry-1.docker.io")).toMatchObject({ login: { user: "hub", password: "word" } })
  expect(loginSource(config, "quay.io")).toBeUndefined()
})

test.each(["", "no JSON", '{"auths": 3}', '{"auths": {"ghcr.io": {}}}', '{"credsStore": "../../bin/sh"}'])(
  "a configuration like %j has no login",
  (config) => {
    expect(loginSource(config, "ghcr.io")).toBeUndefined()
  },
)

test("a helper of the registry's own counts before the one for all, and that before what stands in the file", () => {
  const config = JSON.stringify({
    auths: { "ghcr.io": { auth: auth("old:word") }, "quay.io": {} },
    credHelpers: { "ghcr.io": "gh" },
    credsStore: "secretservice",
  })
  const of = (host: string) => loginSource(config, host)
  expect(of("ghcr.io")).toEqual({ kind: "helper", program: "docker-credential-gh", server: "ghcr.io" })
  expect(of("quay.io")).toMatchObject({ program: "docker-credential-secretservice", server: "quay.io" })
  expect(of("registry-1.docker.io")).toMatchObject({ server: "https://index.docker.io/v1/" })
})

/** A folder with Docker's configuration and a helper that keeps what it was asked; it is the search path's first. */
function folderWith(answer: string, code = 0) {
  const folder = mkdtempSync(join(tmpdir(), "quillon-docker-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, "config.json"), JSON.stringify({ credHelpers: { "ghcr.io": "test" } }))
  const helper = join(folder, "docker-credential-test")
  const script = `printf '%s ' "$@" > "${folder}/asked"; cat >> "${folder}/asked"; echo '${answer}'; exit ${code}`
  writeFileSync(helper, `#!/bin/sh\n${script}\n`)
  chmodSync(helper, 0o755)
  return { folder, env: { DOCKER_CONFIG: folder, PATH: `${folder}:/usr/bin:/bin` } }
}

test("a helper is asked by its protocol", async () => {
  const { folder, env } = folderWith('{"ServerURL": "ghcr.io", "Username": "ada", "Secret": "kept"}')
  expect(await dockerLogin(env, "ghcr.io")).toEqual({ user: "ada", password: "kept" })
  expect(readFileSync(join(folder, "asked"), "utf8")).toBe("get ghcr.io")
})

test.each([
  ["has none", "credentials not found in native keychain", 1],
  ["has a refresh token, which is no password", '{"Username": "<token>", "Secret": "r"}', 0],
  ["says what nobody understands", "{}", 0],
])("a helper that %s gives no login", async (_, answer, code) => {
  expect(await dockerLogin(folderWith(answer, code).env, "ghcr.io")).toBeUndefined()
})

test("a helper that is not installed gives no login", async () => {
  const { folder } = folderWith("{}")
  expect(await dockerLogin({ DOCKER_CONFIG: folder, PATH: "/nowhere" }, "ghcr.io")).toBeUndefined()
})
