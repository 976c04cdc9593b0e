import { expect, test } from "vitest"
import { writeOutput } from "../../cli/write-output.js"

test("a file in a folder that is not there is an error that names it", async () => {
  const writing = writeOutput("/nowhere/plan.json", "{}")
  await expect(writing).rejects.toMatchObject({
    code: "CANT_WRITE",
    message: expect.stringContaining("/nowhere/plan.json"),
  })
})
