import { describe, expect, it } from "vitest"
import { readSbom } from "../../src/stages/sbom-reading.js"
import { executed, reading } from "./transcripts.js"

describe("readSbom", () => {
  it("does not take a bill that was not written for an empty one", () => {
    expect(readSbom([executed({ command: "cyclonedx", exit: 1, stderr: "boom" })], reading())).toMatchObject({
      kind: "errored",
      reason: expect.stringContaining("boom"),
    })
    const sbom = '{"components": 0, "unlicensed": [], "spec": "1.6", "version": "7.5.0"}'
    expect(readSbom([executed({ command: "cyclonedx", reports: { sbom } })], reading())).toMatchObject({
      kind: "looked",
      measures: { components: 0 },
    })
  })
})
