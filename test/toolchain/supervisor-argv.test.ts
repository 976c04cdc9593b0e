import type { Container } from "@dagger.io/dagger"
import { expect, test } from "vitest"
import { supervisorArgv } from "../../src/toolchain/supervisor-argv.js"

const command = { name: "pytest", container: {} as Container, argv: ["python", "-m", "pytest", "a b"] }
const supervision = { address: "test@3.11", timeoutSeconds: 600, environment: { QUILLON_NONCE: "secret-of-the-step" } }

/** The JSON object that the supervisor reads. */
function specOf(argv: readonly string[]): Record<string, unknown> {
  return JSON.parse(argv[argv.indexOf("--") - 1] ?? "")
}

test("names the cell and the command in one word, by which the engine's spans are found", () => {
  expect(supervisorArgv(command, supervision)).toContain("quillon:test@3.11:pytest")
})

test("ends with the command's own words", () => {
  const argv = supervisorArgv(command, supervision)
  expect(argv.slice(argv.lastIndexOf("--") + 1)).toEqual(["python", "-m", "pytest", "a b"])
})

test("hides the step's own environment, and does not hold its values", () => {
  const argv = supervisorArgv(command, supervision)
  expect(specOf(argv).hide).toEqual(["QUILLON_NONCE"])
  expect(argv.join(" ")).not.toContain("secret-of-the-step")
})

test("names the secrets that are to be masked", () => {
  expect(specOf(supervisorArgv(command, { ...supervision, secrets: ["TOKEN"] })).secrets).toEqual(["TOKEN"])
})

test("takes the deadline that the runner decided, whatever the command would have liked", () => {
  expect(specOf(supervisorArgv({ ...command, timeout: 5 }, supervision)).timeout).toBe(600)
})

test("carries what is reported and kept", () => {
  const reports = [{ name: "junit", path: "/tmp/j.xml" }]
  const keeps = [{ kind: "wheel", path: "/tmp/dist" }]
  const spec = specOf(supervisorArgv({ ...command, reports, keeps }, supervision))
  expect(spec).toMatchObject({ reports: [["junit", "/tmp/j.xml"]], keeps: [["wheel", "/tmp/dist"]] })
})

test.each(["../x", "a/b", "", ".", "-x"])("refuses the artifact kind %j, which is no file name", (kind) => {
  expect(() => supervisorArgv({ ...command, keeps: [{ kind, path: "/x" }] }, supervision)).toThrow(RangeError)
})
