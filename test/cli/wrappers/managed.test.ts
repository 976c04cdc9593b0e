import { describe, expect, test } from "vitest"
import { readManaged, sealManaged } from "../../../cli/wrappers/managed.js"

const BODY = "name: ci\njobs:\n  quillon: {}\n"
const sealed = sealManaged(BODY, "1.2.3")

describe("what Quillon writes into a file", () => {
  test("names the program and its version in the first line", () => {
    expect(sealed.split("\n")[0]).toMatch(/^# Written by quillon wrappers \(1\.2\.3, [0-9a-f]{12}\)/)
  })

  test("is told from what a person wrote below", () => {
    expect(readManaged(`${sealed}  mine: {}\n`)).toEqual({
      kind: "ours",
      managed: sealed,
      own: "  mine: {}\n",
      intact: true,
    })
  })

  test.each([
    ["an edit", sealed.replace("quillon: {}", "quillon: { x: 1 }")],
    ["a line more", sealed.replace("jobs:\n", "jobs:\n  # more\n")],
  ])("%s above the end line is noticed", (_, text) => {
    expect(readManaged(text)).toMatchObject({ kind: "ours", intact: false })
  })

  test("line ends of Windows are no edit", () => {
    expect(readManaged(sealed.replaceAll("\n", "\r\n"))).toMatchObject({ kind: "ours", intact: true })
  })

  test.each([
    ["nothing of ours", BODY],
    ["no first line", sealed.split("\n").slice(1).join("\n")],
    ["no end line", sealed.split("\n").slice(0, -2).join("\n")],
    ["nothing at all", ""],
  ])("a file with %s is somebody else's", (_, text) => {
    expect(readManaged(text)).toEqual({ kind: "foreign" })
  })
})
