import { expect, test } from "vitest"
import { endpointsOf } from "../../../src/targets/index/endpoints.js"
import { readHtml } from "../../../src/targets/index/simple-page.js"

const SHA256 = "0".repeat(64)

test.each([
  [`<a href="../../f/a-1.whl#sha256=${SHA256}">a-1.whl</a>`, { url: "https://x.example/f/a-1.whl", sha256: SHA256 }],
  [
    `<a data-requires-python="&gt;=3" href='https://cdn.example/a-1.whl'>a-1.whl</a>`,
    { url: "https://cdn.example/a-1.whl" },
  ],
  [`<a href="a-1.whl#md5=00">a-1.whl</a>`, { url: "https://x.example/simple/a/a-1.whl" }],
])("the anchor %s is read", (html, file) => {
  expect(readHtml(html, "https://x.example/simple/a/")).toEqual([{ name: "a-1.whl", ...file }])
})

test.each([
  ["https://x.example/legacy/", "https://x.example/simple/"],
  ["https://x.example/user/dev", "https://x.example/user/simple/"],
])("an index at %s has its pages at %s", (upload, simple) => {
  expect(endpointsOf(upload).simple.fromHere).toBe(simple)
})
