import { expect, test } from "vitest"
import { isMissingImage, missingImage, shortName } from "../../engine/missing-image.js"

const served = ["python:3.9-slim", "python:3.9-slim-bullseye", "python:3.11-slim", "python:slim"].map((name) => ({
  name,
}))

test("the error names the image as people write it, and the ones that are there", () => {
  const { message } = missingImage("docker.io/library/python:3.12-slim", served)
  expect(message).toBe(
    "python:3.12-slim is not served by this engine; it has: python:3.9-slim, python:3.11-slim, python:slim",
  )
})

test.each([
  ["docker.io/library/python:3.12-slim@sha256:0123", "python:3.12-slim"],
  ["index.docker.io/someone/image", "someone/image"],
  ["registry.example/library/python:3", "registry.example/library/python:3"],
])("%s is %s", (reference, short) => {
  expect(shortName(reference)).toBe(short)
})

test.each([
  ['failed to resolve image "python:3.12-slim": failed to do request', true],
  ["process exited with code 1", false],
])("of %j it is %s that an image is missing", (text, missing) => {
  expect(isMissingImage(text)).toBe(missing)
})
