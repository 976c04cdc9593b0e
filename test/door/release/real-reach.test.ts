import type { Client, Secret } from "@dagger.io/dagger"
import { expect, test } from "vitest"
import { realReach, type Variables } from "../../../src/door/release/real-reach.js"

/** Says which secret is which; of the engine nothing else is asked. */
const dag = { setSecret: (name: string, value: string) => ({ name, value }) as unknown as Secret } as unknown as Client

const links = { forge: "auto" } as const

function reach(env: Variables, remote = "git@github.com:ada/engine.git", fetched: typeof fetch = fetch) {
  const registryLogin = async (host: string) => (host === "quay.io" ? undefined : { user: "ada", password: "login" })
  return realReach({ dag, env, remote, links, registryLogin, overSsh: (container) => container, fetch: fetched })
}

test("a token speaks HTTPS to GitHub, and without one SSH stays SSH", () => {
  expect(reach({ GITHUB_TOKEN: "ghs_x" }).git).toEqual({
    url: "https://github.com/ada/engine.git",
    credentials: { user: "x-access-token", token: { name: "quillon-git-token", value: "ghs_x" } },
  })
  expect(reach({ GITHUB_TOKEN: "" }).git).toEqual({ url: "ssh://git@github.com/ada/engine.git" })
})

test("a token of GitHub's is never sent to another host", () => {
  const env = { GITHUB_TOKEN: "ghs_x", GITLAB_TOKEN: "glpat_x" }
  expect(reach(env, "https://git.example.org/ada/engine.git").git).toEqual({
    url: "https://git.example.org/ada/engine.git",
  })
  expect(reach(env, "https://gitlab.com/ada/engine.git").git).toMatchObject({
    credentials: { user: "oauth2", token: { value: "glpat_x" } },
  })
  expect(reach(env, "https://git.example.org/ada/engine.git").github()).toBeNull()
})

test.each([
  ["pypi", "index", { PYPI_TOKEN: "pypi-a", TESTPYPI_TOKEN: "pypi-b" }, "pypi-a"],
  ["testpypi", "test-index", { PYPI_TOKEN: "pypi-a", TESTPYPI_TOKEN: "pypi-b" }, "pypi-b"],
  ["https://index.example.org/legacy/", "index", { INDEX_TOKEN: "own", PYPI_TOKEN: "pypi-a" }, "own"],
  ["https://index.example.org/legacy/", "test-index", { INDEX_TOKEN: "own", TEST_INDEX_TOKEN: "try" }, "try"],
] as const)("the token for %s as %s is its own", async (name, which, env, token) => {
  expect(await reach(env).index(name, which).token()).toEqual({ kind: "token", token })
})

test("without a token the variable is named that is missing, and nobody is asked", async () => {
  const never = () => Promise.reject(new Error("somebody was asked"))
  const minted = await reach({}, undefined, never).index("pypi", "index").token()
  expect(minted).toMatchObject({ kind: "refused", next: expect.stringContaining("export PYPI_TOKEN=") })
})

test("GitHub's API is that of the remote's host, as the job says where it says so", () => {
  expect(reach({ GH_TOKEN: "t" }).github()).toMatchObject({ api: "https://api.github.com", repository: "ada/engine" })
  const enterprise = "https://github.example.org/ada/engine"
  expect(reach({}, enterprise).github()).toMatchObject({ api: "https://github.example.org/api/v3" })
  expect(reach({ GITHUB_API_URL: "https://api.example.org" }, enterprise).github()?.api).toBe("https://api.example.org")
})

test("variables count before a login, and a login before the job's own token", async () => {
  const job = { GITHUB_ACTOR: "job", GITHUB_TOKEN: "job-token" }
  const login = (env: Variables, name: string) => reach(env).registry(name).credentials()
  expect(await login(job, "ghcr.io/ada/engine")).toEqual({ user: "ada", password: "login" })
  expect(await login({ ...job, REGISTRY_USER: "bot", REGISTRY_TOKEN: "t" }, "ghcr.io/ada/engine")).toEqual({
    user: "bot",
    password: "t",
  })
  const without = { ...job, REGISTRY_USER: "bot" }
  expect(await login(without, "quay.io/ada/engine")).toBeUndefined()
})

test("the job's own token is for GitHub's registry alone", async () => {
  const env = { GITHUB_ACTOR: "job", GITHUB_TOKEN: "job-token" }
  const nobody = async () => undefined
  const parts = { dag, env, remote: "git@github.com:ada/engine.git", links, registryLogin: nobody, fetch }
  const { registry } = realReach({ ...parts, overSsh: (container) => container })
  expect(await registry("ghcr.io/ada/engine").credentials()).toEqual({ user: "job", password: "job-token" })
  expect(await registry("quay.io/ada/engine").credentials()).toBeUndefined()
})
