import { describe, expect, test } from "vitest"
import { engineProcesses, isFirst } from "../../engine/processes.js"

describe("isFirst", () => {
  test.each([
    ["the init of an engine", "Name:\tdumb-init\nNSpid:\t16217\t1\n", true],
    ["a process of an engine", "Name:\tdagger-engine\nNSpid:\t16220\t12\n", false],
    ["the init of a container in an engine", "Name:\tsh\nNSpid:\t16300\t90\t1\n", false],
    ["a process of the host", "Name:\tunshare\nNSpid:\t16210\n", false],
    ["a process that ended", undefined, false],
  ])("of %s", (_, status, first) => {
    expect(isFirst(status)).toBe(first)
  })
})

describe("engineProcesses", () => {
  test("are none where nothing is mounted", () => {
    expect(engineProcesses("/nowhere/net")).toEqual([])
  })

  test("are those whose network namespace is the one behind the file", () => {
    expect(engineProcesses("/proc/self/ns/net").map(({ pid }) => pid)).toContain(process.pid)
  })
})
