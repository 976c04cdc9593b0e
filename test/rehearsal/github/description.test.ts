import { expect, test } from "vitest"
import { createDescription } from "../../../rehearsal/github/description.js"
import type { Call } from "../../../rehearsal/http/exchange.js"
import { startApi } from "./github-api.js"

const description = createDescription()

function call(method: string, path: string, body?: unknown): Call {
  const [target = "", query = ""] = path.split("?")
  return {
    method,
    path: target,
    target: path,
    query: new URLSearchParams(query),
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: Buffer.from(body === undefined ? "" : JSON.stringify(body)),
    origin: "http://example.org",
    signal: new AbortController().signal,
  }
}

test.each([
  ["POST", "/repos/a/b/releases", {}, "the body must have required property 'tag_name'"],
  ["POST", "/repos/a/b/releases", { tag_name: "v1", draft: "yes" }, "/draft must be boolean"],
  ["PATCH", "/repos/a/b/releases/1", { make_latest: true }, "/make_latest must be string"],
  ["POST", "/repos/a/b/releases/1/assets", undefined, '"name" wasn\'t supplied.'],
])("%s %s with %j is a fault: %s", (method, path, body, fault) => {
  expect(description.faultsOfCall(call(method, path, body))).toContain(fault)
})

test.each([
  ["an answer without the fields of a release", 200, "{}", "the body must have required property 'assets_url'"],
  ["a status that the operation does not have", 202, "{}", "GET /repos/a/b/releases/1 never answers 202"],
])("%s is a fault", (_, status, body, fault) => {
  const faults = description.faultsOfAnswer(call("GET", "/repos/a/b/releases/1"), { status, body })
  expect(faults).toContain(fault)
})

test("a request against the description is refused and kept, as GitHub does", async () => {
  const api = await startApi()
  const refused = await api.ask("POST", "/releases", { body: { name: "no tag" } })
  expect(refused.status).toBe(422)
  expect(refused.body.message).toContain("tag_name")
  expect(api.server.violations()).toEqual([
    "POST /repos/owner/project/releases: the body must have required property 'tag_name'",
  ])
  await api.close()
})
