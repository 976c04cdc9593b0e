import { describe, expect, test } from "vitest"
import { readImage } from "../../src/stages/image-reading.js"
import { executed, reading } from "./transcripts.js"

const IMAGE = {
  digest: `sha256:${"a".repeat(64)}`,
  layers: [100, 23],
  platform: "linux/amd64",
  user: "1234",
  entrypoint: [],
  command: ["serve"],
  workdir: "/",
  labels: {},
  ports: ["8000/tcp"],
  healthcheck: [],
}
const inspect = executed({ command: "inspect", reports: { image: JSON.stringify(IMAGE) } })

const started = (end: object, stderr = "") =>
  readImage(
    [
      inspect,
      executed({
        command: "start",
        stderr,
        reports: { start: JSON.stringify({ argv: ["serve"], end, seconds: 1.5 }) },
      }),
    ],
    reading(),
  )

describe("an image that was started", () => {
  test.each([
    [{ kind: "alive", proof: "it listens on port 8000" }, "serve: it listens on port 8000 (1.5 s)"],
    [{ kind: "exited", code: 0 }, "serve: it ended by itself with exit code 0"],
  ])("works: %j", (end, how) => {
    expect(started(end)).toMatchObject({ kind: "looked", findings: [], measures: { started: how, bytes: 123 } })
  })

  test.each([
    [{ kind: "exited", code: 3 }, /ended with exit code 3 after 1.5 s: serve/],
    [{ kind: "signalled", signal: 11 }, /ended by signal 11/],
    [{ kind: "deaf", ports: [8000], open: [9000] }, /nothing listens on port 8000.*\(9000 is open\)/],
    [{ kind: "unhealthy", check: "curl /" }, /health check did not pass within 1.5 s: curl \//],
    [{ kind: "unstartable", why: "serve: No such file or directory" }, /could not be started: serve: No such file/],
    [{ kind: "nothing" }, /neither CMD nor ENTRYPOINT/],
  ])("does not: %j", (end, message) => {
    expect(started(end, "it said this")).toMatchObject({
      findings: [
        {
          rule: "start",
          severity: "error",
          message: expect.stringMatching(message),
          detail: "it said this",
          help: expect.stringContaining("image.smoke"),
        },
      ],
    })
  })

  test("could not be looked at where nothing says how it ended", () => {
    const errored = readImage([inspect, executed({ command: "start", exit: 1 })], reading())
    expect(errored).toMatchObject({ kind: "errored", reason: "the image could not be started" })
  })
})

test("a smoke command that ends with another code than 0 is a defect", () => {
  const smoke = executed({ command: "smoke", exit: 2, stderr: "no" })
  expect(readImage([inspect, smoke], reading())).toMatchObject({
    findings: [{ rule: "smoke", message: "the smoke command ended with exit code 2: smoke", detail: "no" }],
  })
})
