import { expect, test } from "vitest"
import type { Finding } from "../../src/findings/finding.js"
import { settingsSchema } from "../../src/project/settings.js"
import { imageGate } from "../../src/stages/image-gate.js"

const settings = settingsSchema.parse({})
const measures = { bytes: 50_838_857, layers: [46_504_052, 4_333_293, 1480, 32] }

test("an image that works is told with its size", () => {
  expect(imageGate.judge({ findings: [], measures }, settings)).toMatchObject({
    passed: true,
    remark: "50.8 MB in 4 layers",
  })
})

test("an image that was not built has no size, and fails", () => {
  const findings = [{ severity: "error" } as Finding]
  expect(imageGate.judge({ findings, measures: {} }, settings)).toEqual({
    passed: false,
    message: "1 defect of the image",
  })
})
