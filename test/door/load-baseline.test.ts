import { expect, test } from "vitest"
import { loadBaseline } from "../../src/door/load-baseline.js"
import { renderBaseline } from "../../src/findings/baseline.js"

const EMPTY = renderBaseline([])
const filesOf = (files: Readonly<Record<string, string>>) => ({ read: async (path: string) => files[path] })

test("the baseline is the file that the setting names", async () => {
  const files = filesOf({ "ci/known.json": EMPTY, "quillon-baseline.json": "broken" })
  expect(await loadBaseline(files, { baseline: "ci/known.json" })).toEqual({ file: "ci/known.json", entries: [] })
})

test("without a setting it is the file of the usual name, or there is none", async () => {
  expect(await loadBaseline(filesOf({ "quillon-baseline.json": EMPTY }), {})).toMatchObject({
    file: "quillon-baseline.json",
  })
  expect(await loadBaseline(filesOf({}), {})).toBeUndefined()
})

test("a named file that is not there is refused: gates would judge other things than in the file's days", async () => {
  await expect(loadBaseline(filesOf({}), { baseline: "known.json" })).rejects.toMatchObject({
    code: "NO_BASELINE",
    message: expect.stringContaining("known.json"),
  })
})
