import { describe, expect, test } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { blameDockerfile } from "../../src/stages/image-trouble.js"
import { readErrorChain } from "../../src/toolchain/error-chain.js"
import { projectWith, transcript } from "./transcripts.js"

const CTX = { project: { ...projectWith(), dockerfile: "Dockerfile" }, settings: settingsSchema.parse({}) }

const blame = (path: string) => blameDockerfile(readErrorChain(JSON.parse(transcript(path))), CTX)

describe("what a real engine said of a Dockerfile", () => {
  test.each([
    ["run", { message: expect.stringMatching(/^RUN echo "before the fall" && python -c .* ended with exit code 7$/) }],
    ["run", { detail: "no such thing\nbefore the fall" }],
    ["killed", { message: "RUN kill -9 $$ was ended by signal 9" }],
    ["syntax", { line: 3, message: expect.stringContaining("unknown instruction: FRUN (did you mean RUN?)") }],
    ["copy", { message: "it copies nothing.txt, which is not there", help: expect.stringContaining(".dockerignore") }],
    ["target", { message: expect.stringContaining('"nope"'), help: expect.stringContaining("image.target") }],
  ])("%s is a finding of the file: %j", (name, finding) => {
    const found = { rule: "build", severity: "error", file: "Dockerfile", ...finding }
    expect(blame(`dockerfile/${name}.json`)).toMatchObject({ kind: "looked", findings: [found] })
  })

  test.each(["dockerfile-base-missing", "dockerfile-base-unreachable", "out-of-disk", "engine-gone", "uv-bad-wheel"])(
    "%s is no fault of the file",
    (name) => {
      expect(blame(`thrown/${name}.json`)).toBeUndefined()
    },
  )
})

test("an image without a Dockerfile has none to blame", () => {
  const facts = readErrorChain(JSON.parse(transcript("dockerfile/run.json")))
  expect(blameDockerfile(facts, { ...CTX, project: projectWith() })).toBeUndefined()
})
