import { expect, test } from "vitest"
import { readDockerfile } from "../../src/project/dockerfile.js"
import { snapshotOf } from "./snapshot-of.js"

test("the Dockerfile at the top is found, the setting names another", async () => {
  const snapshot = await snapshotOf({ Dockerfile: "FROM x", "deploy/Dockerfile": "FROM y" })
  expect(readDockerfile(snapshot, undefined).dockerfile).toBe("Dockerfile")
  expect(readDockerfile(snapshot, "deploy/Dockerfile").dockerfile).toBe("deploy/Dockerfile")
})

test("a Dockerfile that is not there is refused with those that are", async () => {
  const snapshot = await snapshotOf({ "deploy/Dockerfile.web": "FROM y" })
  expect(() => readDockerfile(snapshot, "deploy/Dockerfile")).toThrow(
    expect.objectContaining({ code: "NO_DOCKERFILE", next: "Name one of: deploy/Dockerfile.web." }),
  )
})

test("patterns of .dockerignore are read without comments, blanks and leading slashes", async () => {
  const snapshot = await snapshotOf({ ".dockerignore": "# what\r\n/docs\r\n\r\n*.md\r\n!/README.md\r\n" })
  expect(readDockerfile(snapshot, undefined).dockerignore).toEqual(["docs", "*.md", "!README.md"])
})

test("a list that is named after the Dockerfile is left to the engine", async () => {
  const files = { Dockerfile: "FROM x", "Dockerfile.dockerignore": "", ".dockerignore": "docs" }
  expect(readDockerfile(await snapshotOf(files), undefined).dockerignore).toBeUndefined()
})
