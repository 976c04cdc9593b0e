import { expect, test } from "vitest"
import { sealManaged } from "../../../cli/wrappers/managed.js"
import { compareWrapper } from "../../../cli/wrappers/standing.js"

const now = { path: "ci.yml", managed: sealManaged("b: 2\n", "2.0.0") }
const earlier = sealManaged("a: 1\n", "1.0.0")

test.each<[string, string | undefined, string, string]>([
  ["no file", undefined, "absent", now.managed],
  ["the file that would be written", now.managed, "same", now.managed],
  ["one with jobs of one's own below", `${now.managed}own: 1\n`, "same", `${now.managed}own: 1\n`],
  ["one of an earlier version", `${earlier}own: 1\n`, "outdated", `${now.managed}own: 1\n`],
  ["one that was edited", `${earlier.replace("a: 1", "a: 9")}own: 1\n`, "edited", `${now.managed}own: 1\n`],
  ["somebody else's", "own: 1\n", "foreign", now.managed],
])("%s", (_, before, standing, after) => {
  expect(compareWrapper(now, before)).toEqual({ path: "ci.yml", standing, before, after })
})

const leading = { path: ".gitlab-ci.yml", managed: "ours\n", leads: ["jobs/*.yml", "jobs/app.yml"] }

test.each<[string, string | undefined, string]>([
  ["no file", undefined, "absent"],
  ["one that leads to all our files", "include:\n  - local: /jobs/*.yml\n", "same"],
  ["one that leads to this file", "include: jobs/app.yml\n", "same"],
  ["one that leads elsewhere", "include: jobs/other.yml\n", "apart"],
  ["one that only speaks of it", "# include: jobs/app.yml\n", "apart"],
])("of a file that is a person's and leads to ours, %s", (_, before, standing) => {
  expect(compareWrapper(leading, before)).toMatchObject({ standing, after: before ?? "ours\n" })
})
