import { expect, test } from "vitest"
import { missingImage, servedBy } from "../../engine/missing-image.js"

const served = ["python:3.9-slim", "python:3.9-slim-bullseye", "python:3.11-slim", "python:slim"].map((name) => ({
  name,
}))

test("an image that is not there is named with those that are, each once", () => {
  expect(missingImage("python:3.12-slim", served)).toBe(
    "there is no image python:3.12-slim; this engine has python:3.9-slim, python:3.11-slim",
  )
})

test("nothing is said of the images of an engine that is not ours", async () => {
  expect(await servedBy("tcp://engine.example:1234", { XDG_CACHE_HOME: "/nowhere" })).toBeUndefined()
})
