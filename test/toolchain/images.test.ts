import { describe, expect, test } from "vitest"
import { chooseDefaultPython, preferredPythons, pythonImage } from "../../src/toolchain/images.js"

describe("the image of an interpreter", () => {
  test.each([
    [{}, "python:3.11-slim"],
    [{ python: "python:{version}-alpine" }, "python:3.11-alpine"],
    [{ registry: "mirror.example:5000" }, "mirror.example:5000/library/python:3.11-slim"],
    [{ registry: "mirror.example/hub/" }, "mirror.example/hub/library/python:3.11-slim"],
    [{ registry: "m.example", python: "team/py:{version}" }, "m.example/team/py:3.11"],
    [{ registry: "m.example", python: "ghcr.io/team/py:{version}" }, "ghcr.io/team/py:3.11"],
    [{ registry: "m.example", python: "localhost/py:{version}" }, "localhost/py:3.11"],
    [{ registry: "m.example", python: "docker.io/team/py:{version}" }, "m.example/team/py:3.11"],
    [{ registry: "m.example", python: "docker.io/python:{version}" }, "m.example/library/python:3.11"],
    [{ pins: { "3.11": "sha256:ab", "3.12": "sha256:cd" } }, "python:3.11-slim@sha256:ab"],
  ])("with %j is %s", (images, address) => {
    expect(pythonImage({ python: {}, images }, "3.11")).toBe(address)
  })
})

describe("the interpreter of stages without a matrix", () => {
  test.each([
    ["the setting", "3.9", ["3.11"], "3.9"],
    ["the newest of the project that is not newer than ours", undefined, ["3.9", "3.11", "3.13", "3.14"], "3.13"],
    ["the project's oldest where all are newer than ours", undefined, ["3.14", "3.15"], "3.14"],
    ["ours where the project names none", undefined, [], "3.13"],
  ])("is %s", (_, setting, interpreters, expected) => {
    expect(chooseDefaultPython({ python: { default: setting } }, interpreters)).toBe(expected)
  })
})

test("where the best interpreter has no image, older ones of the project come before newer ones", () => {
  expect(preferredPythons({ python: {} }, ["3.10", "3.12", "3.14", "3.15"])).toEqual(["3.12", "3.10", "3.14", "3.15"])
})
