import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { dockerLogin, registryCredentials } from "../../../cli/release/registry-credentials.js"

const auth = (text: string) => Buffer.from(text).toString("base64")

test("a login is found by the registry's host, and Docker Hub by the name that its login has", () => {
  const config = JSON.stringify({
    auths: { "ghcr.io": { auth: auth("ada:a:b") }, "https://index.docker.io/v1/": { auth: auth("hub:word") } },
  })
  expect(dockerLogin(config, "ghcr.io")).toEqual({ user: "ada", password: "a:b" })
  expect(dockerLogin(config, "registry-1.docker.io")).toEqual({ user: "hub", password: "word" })
  expect(dockerLogin(config, "quay.io")).toBeUndefined()
})

test.each(["", "no JSON", '{"auths": 3}', '{"auths": {"ghcr.io": {}}}'])(
  "a configuration like %j has no login",
  (config) => {
    expect(dockerLogin(config, "ghcr.io")).toBeUndefined()
  },
)

test("variables count before a login, and a login before the job's own token", async () => {
  const folder = mkdtempSync(join(tmpdir(), "quillon-docker-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const env = { DOCKER_CONFIG: folder, GITHUB_ACTOR: "job", GITHUB_TOKEN: "job-token" }
  expect(await registryCredentials(env, "ghcr.io")).toEqual({ user: "job", password: "job-token" })
  expect(await registryCredentials(env, "quay.io")).toBeUndefined()
  writeFileSync(join(folder, "config.json"), JSON.stringify({ auths: { "ghcr.io": { auth: auth("ada:login") } } }))
  expect(await registryCredentials(env, "ghcr.io")).toEqual({ user: "ada", password: "login" })
  const named = { ...env, REGISTRY_USER: "bot", REGISTRY_TOKEN: "token" }
  expect(await registryCredentials(named, "ghcr.io")).toEqual({ user: "bot", password: "token" })
})
