import { expect, test } from "vitest"
import { engineConfiguration, engineEnvironment } from "../../engine/config.js"

test("Docker Hub's images come from the local registry first, over plain HTTP", () => {
  expect(JSON.parse(engineConfiguration())).toMatchObject({
    registries: { "docker.io": { mirrors: ["127.0.0.1:5000"] }, "127.0.0.1:5000": { http: true } },
  })
})

test("layers are kept until the disk is nearly full", () => {
  expect(JSON.parse(engineConfiguration())).toMatchObject({ gc: { minFreeSpace: "5%" } })
})

test("the engine gets proxies under the names it hands on, SDK content, and nothing else of the person's environment", () => {
  const env = {
    http_proxy: "http://proxy:3128",
    HTTPS_PROXY: "http://proxy:3129",
    GITHUB_TOKEN: "secret",
    NO_PROXY: "",
  }
  const content = [{ variable: "DAGGER_TYPESCRIPT_SDK_MANIFEST_DIGEST", manifestDigest: "sha256:1" }]
  expect(engineEnvironment(env, content)).toEqual({
    PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
    HOME: "/root",
    LANG: "C.UTF-8",
    DO_NOT_TRACK: "1",
    HTTP_PROXY: "http://proxy:3128",
    HTTPS_PROXY: "http://proxy:3129",
    DAGGER_TYPESCRIPT_SDK_MANIFEST_DIGEST: "sha256:1",
  })
})

test("the machine's Go proxy is the Go SDK's too, behind the library that its image carries", () => {
  const environment = engineEnvironment({ GOPROXY: "https://proxy.example,direct" }, [])
  expect(environment._DAGGER_ENGINE_SYSTEMENV_GOPROXY).toBe("file:///opt/go-sdk/proxy,https://proxy.example,direct")
})
