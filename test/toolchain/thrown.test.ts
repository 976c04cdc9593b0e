import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { classifyThrown } from "../../src/toolchain/thrown.js"

const FOLDER = join(import.meta.dirname, "../transcripts/thrown")

/** What the client threw against a real engine, recorded. */
function recorded(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8"))
}

const CASES = [
  ["image-missing", "image-missing", "there is no image python:3.12-slim"],
  ["image-missing-other-name", "image-missing", "there is no image nosuchimage:1"],
  [
    "image-registry-refused",
    "network",
    "127.0.0.1:9/python:3.11-slim could not be pulled: connect: connection refused",
  ],
  ["image-registry-unknown-host", "network", "registry.invalid/python:3.11-slim could not be pulled"],
  ["uv-index-refused", "network", "http://127.0.0.1:9/simple/ruff/ (Connection refused (os error 111))"],
  ["uv-index-unknown-host", "network", "https://index.invalid/simple/ruff/ (failed to lookup address information"],
  ["uv-no-such-version", "install", "cannot be installed: there is no version of ruff==0.0.99999"],
  ["uv-no-such-project", "install", "no-such-project-of-quillon was not found in the package registry"],
  ["uv-hash-mismatch", "install", "the index serves other bytes for six==1.17.0 than were resolved"],
  [
    "uv-build-failure",
    "install",
    "psycopg2==2.9.9 has no wheel for this interpreter and could not be built: Error: pg_con",
  ],
  ["uv-wrong-python", "install", "the current Python version (3.9.2) does not satisfy Python>=3.10"],
  ["uv-bad-wheel", "install", "the wheel of bad is damaged"],
  ["uv-no-wheel-file", "unknown", "stat missing-1.0-py3-none-any.whl: no such file or directory"],
  ["apt-no-such-package", "install", "the image's distribution has no package no-such-package-of-quillon"],
  ["apt-no-network", "network", "http://deb.invalid/debian/dists/bookworm/InRelease (Could not resolve 'deb.invalid')"],
  ["pip-index-refused", "network", "the package index could not be reached: [Errno 111] Connection refused"],
  ["service-unhealthy", "service", "the service web did not get healthy (exit code 3)"],
  ["service-exits", "service", "the service web did not start (exit code 1)"],
  ["service-no-image", "image-missing", "there is no image postgres:17"],
  ["out-of-disk", "out-of-disk", "the engine's disk is full"],
  ["unstartable", "unknown", "setting up the container failed: no-such-program ended with code 1"],
  ["killed", "unknown", "setting up the container failed: sh was ended by signal 9"],
  ["dockerfile-base-missing", "image-missing", "there is no image nosuch/image:9"],
  ["dockerfile-base-unreachable", "network", "the image unreachable.invalid/x:1 could not be pulled"],
  ["dockerfile-run-failed", "unknown", "/bin/sh ended with code 3"],
  ["engine-gone", "engine-lost", "the connection to the engine broke"],
  ["engine-gone-later", "engine-lost", "the connection to the engine broke"],
  ["engine-session-killed", "engine-lost", "the connection to the engine broke"],
  ["engine-session-killed-later", "engine-lost", "the connection to the engine broke"],
] as const

describe("what a real engine threw", () => {
  test.each(CASES)("%s is told as %s: %s", (name, cause, reason) => {
    const told = classifyThrown(recorded(name))
    expect(told).toMatchObject({ kind: "errored", cause, reason: expect.stringContaining(reason) })
    expect(told.reason).not.toContain("\n")
  })

  test("every transcript has its case", () => {
    const names = readdirSync(FOLDER).map((file) => file.replace(".json", ""))
    expect(CASES.map(([name]) => name).toSorted()).toEqual(names.toSorted())
  })

  test.each(CASES.filter(([, cause]) => cause !== "unknown"))("%s names the next thing to do", (name) => {
    expect(classifyThrown(recorded(name)).next).toMatch(/\w/)
  })
})

test("a missing image is named as people name it in a setting", () => {
  expect(classifyThrown(recorded("image-missing")).image).toBe("python:3.12-slim")
})

test("the detail is the end of what the tool said", () => {
  const stderr = Array.from({ length: 100 }, (_, i) => `line ${i}`).join("\n")
  const detail = classifyThrown({ message: "exit code: 1", cmd: ["tool"], exitCode: 1, stderr, stdout: "" }).detail
  expect(detail?.split("\n")).toHaveLength(20)
  expect(detail).toMatch(/line 99$/)
})

test.each([
  ["a string", "boom", "the engine: boom"],
  ["nothing", undefined, "the engine: the engine gave no reason"],
  ["an error of ours", new TypeError("x is not a function"), "the engine: x is not a function"],
])("%s is told as it is", (_, thrown, reason) => {
  expect(classifyThrown(thrown)).toMatchObject({ cause: "unknown", reason })
})

test("a chain of causes that is a circle ends", () => {
  const error = new Error("round")
  error.cause = error
  expect(classifyThrown(error).reason).toBe("the engine: round")
})

test.each([
  [
    "error: x\n  cause: invalid peer certificate: UnknownIssuer\nhttps://pypi.example/simple/",
    "pypi.example is not trusted",
  ],
  [
    "error: x\n  cause: HTTP status client error (401 Unauthorized) for url (https://i.example/simple/a/)",
    "refuses us: 401",
  ],
  [
    "error: x\n  cause: HTTP status server error (503 Service Unavailable) for url (https://i.example/simple/a/)",
    "https://i.example/simple/a/",
  ],
  [
    "WARNING: 401 Error, Credentials not correct for http://i.example/simple/uv/\nERROR: No matching distribution found for uv",
    "http://i.example/simple/uv/ refuses us: 401",
  ],
  [
    "ERROR: No matching distribution found for uv\ninstall_uv.py: http://i.example/simple/ answered 503 Service Unavailable",
    "the package index could not be reached: http://i.example/simple/, 503 Service Unavailable",
  ],
  ["packages.py: the image has no apt-get; system packages: gcc", "the image has no apt-get; system packages: gcc"],
  ["OSError: [Errno 28] No space left on device", "the engine's disk is full"],
])("%j is told as %j", (stderr, reason) => {
  const told = classifyThrown({ message: "exit code: 2", cmd: ["uv"], exitCode: 2, stderr, stdout: "" })
  expect(told.reason).toContain(reason)
})
