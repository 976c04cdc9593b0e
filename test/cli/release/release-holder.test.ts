import { hostname } from "node:os"
import { expect, test } from "vitest"
import { fateOf, releaseHolder } from "../../../cli/release/release-holder.js"

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

test("only of a process of this machine it is known whether it ended", () => {
  const here = { kind: "process", id: "a", host: hostname(), pid: 42 } as const
  expect(fateOf(here, (pid) => pid === 42)).toBe("alive")
  expect(fateOf(here, () => false)).toBe("ended")
  expect(fateOf({ ...here, host: `${hostname()}-else` }, () => false)).toBe("unknown")
  expect(fateOf({ kind: "job", id: "a", url: "https://gitlab.com/-/jobs/9" }, () => false)).toBe("unknown")
})
