import { rmSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { bundleProgram, endOf, seenBy, startServices, writesOf } from "./services.js"

let program: string
beforeAll(async () => {
  program = await bundleProgram()
})
afterAll(() => rmSync(program, { force: true }))

const ROUNDS = [1, 2, 3]

test.each(ROUNDS)("of two releases that start together one is, and nothing is written twice (%i)", async () => {
  const services = await startServices()
  const ends = (await Promise.all([1, 2].map(() => services.release(program, "start")))).map(endOf)
  const kinds = ends.map(({ kind }) => kind)
  // Both may be beaten: then nothing is out, and the release is there to be begun again.
  if (!kinds.includes("released")) {
    expect(endOf(await services.release(program, "start"))).toMatchObject({ kind: "released" })
  }
  expect(kinds.filter((kind) => kind === "released").length).toBeLessThanOrEqual(1)
  for (const kind of kinds) expect(["released", "held", "refused", "nothing"]).toContain(kind)
  const seen = await seenBy(services)
  expect(seen).toMatchObject({ commits: "2", version: "1.3.0", tagged: true })
  expect(seen.refs).toEqual(["refs/heads/main", "refs/notes/quillon", "refs/tags/v1.3.0"])
  expect(seen.pages).toHaveLength(1)
  const writes = await writesOf(services)
  expect(writes).toHaveLength(new Set(writes).size)
  await services.close()
})
