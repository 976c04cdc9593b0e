import { rmSync } from "node:fs"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { Moment } from "../../../../rehearsal/faults/fault.js"
import { bundleProgram, endOf, type Fronted, type Services, seenBy, startServices, writesOf } from "./services.js"

let program: string
let services: Services
let wanted: Awaited<ReturnType<typeof seenBy>>

beforeAll(async () => {
  program = await bundleProgram()
  const undisturbed = await startServices()
  const end = endOf(await undisturbed.release(program, "start"))
  expect(end, JSON.stringify(end)).toMatchObject({ kind: "released" })
  wanted = await seenBy(undisturbed)
  await undisturbed.close()
})
afterAll(() => rmSync(program, { force: true }))
beforeEach(async () => {
  services = await startServices()
})
afterEach(() => services.close())

/** Where a step's permanent request passes, and how many requests of that kind come first. */
const STEPS = {
  push: { at: ({ git }: Services) => git, match: { methods: ["POST"], target: /receive-pack/ }, before: 1 },
  index: { at: ({ pypi }: Services) => pypi, match: { methods: ["POST"], target: /legacy/ }, before: 0 },
  forge: { at: ({ api }: Services) => api, match: { methods: ["PATCH"], target: /releases/ }, before: 0 },
} as const

test("the undisturbed release is what people expect of one", () => {
  expect(wanted).toMatchObject({ version: "1.3.0", commits: "2", tagged: true })
  expect(wanted.refs).toEqual(["refs/heads/main", "refs/notes/quillon", "refs/tags/v1.3.0"])
  expect(wanted.files.map(([name]) => name)).toEqual(["engine-1.3.0-py3-none-any.whl", "engine-1.3.0.tar.gz"])
  expect(wanted.pages).toMatchObject([{ tag: "v1.3.0", draft: false, assets: wanted.files }])
})

describe.each(["before", "after"] as readonly Moment[])("killed %s the server's work", (moment) => {
  test.each(Object.keys(STEPS) as (keyof typeof STEPS)[])(
    "at %s, another machine finishes it, and nothing is written twice",
    async (step) => {
      const { at, match, before } = STEPS[step]
      const { faults }: Pick<Fronted, "faults"> = at(services)
      const dying = await services.spawn(program, "start", step)
      await dying.paused
      // The journal is written before each write, over the same wire.
      if (before > 0) faults.add({ ...match, kind: "pass", times: before })
      const barrier = faults.add({ ...match, kind: "hold", moment })
      dying.carryOn()
      await Promise.race([barrier.reached, dying.ended])
      dying.running.kill("SIGKILL")
      await dying.running
      barrier.release()
      faults.clear()
      expect(endOf(await services.release(program, "resume"))).toMatchObject({ kind: "released", version: "1.3.0" })
      expect(await seenBy(services)).toEqual(wanted)
      const writes = await writesOf(services)
      expect(writes).toHaveLength(new Set(writes).size)
      expect(services.github.violations()).toEqual([])
    },
  )
})
