import { hostname } from "node:os"
import { expect, test } from "vitest"
import { fateOf, releaseHolder } from "../../../cli/release/release-holder.js"
import type { Holder } from "../../../src/release/journal/schema.js"

test("a job is its page, everything else a process of this machine", () => {
  const job = {
    GITHUB_ACTIONS: "true",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "ada/engine",
    GITHUB_RUN_ID: "7",
    GITHUB_RUN_ATTEMPT: "2",
  }
  const me = { id: "a", pid: 42 }
  expect(releaseHolder(job, me)).toEqual({
    kind: "job",
    id: "a",
    url: "https://github.com/ada/engine/actions/runs/7/attempts/2",
  })
  expect(releaseHolder({ CI_JOB_URL: "https://gitlab.com/ada/engine/-/jobs/9" }, me)).toMatchObject({ kind: "job" })
  expect(releaseHolder({}, me)).toEqual({ kind: "process", id: "a", pid: 42, host: hostname() })
})

test("of a process of this machine it is known whether it ended", () => {
  const here = { kind: "process", id: "a", host: hostname(), pid: 42 } as const
  const fate = (holder: Holder, alive: readonly number[]) =>
    fateOf(holder, { self: { ...here, pid: 1 }, isAlive: (pid) => alive.includes(pid) })
  expect(fate(here, [42])).toBe("alive")
  expect(fate(here, [])).toBe("ended")
  expect(fate({ ...here, host: `${hostname()}-else` }, [])).toBe("unknown")
})

const RUN = "https://github.com/ada/engine/actions/runs/7"

test.each<[string, string, string]>([
  [`${RUN}/attempts/1`, `${RUN}/attempts/2`, "ended"],
  [`${RUN}/attempts/9`, `${RUN}/attempts/10`, "ended"],
  [`${RUN}/attempts/2`, `${RUN}/attempts/2`, "unknown"],
  [`${RUN}/attempts/3`, `${RUN}/attempts/2`, "unknown"],
  [`${RUN}1/attempts/1`, `${RUN}/attempts/2`, "unknown"],
  ["https://gitlab.com/-/jobs/9", "https://gitlab.com/-/jobs/10", "unknown"],
])("of the job %s, %s knows: %s", (url, own, fate) => {
  const job = { kind: "job", id: "a" } as const
  expect(fateOf({ ...job, url }, { self: { ...job, url: own }, isAlive: () => false })).toBe(fate)
})
