import { describe, expect, test } from "vitest"
import { assumeDefaultPythons, findDefaultPythons } from "../../src/pipeline/default-pythons.js"

const input = (pythons: readonly string[], wanted?: string, interpreters = pythons) => ({
  project: { interpreters },
  settings: { python: wanted === undefined ? {} : { default: wanted } },
  pythons,
})

describe("the interpreters of what has no matrix", () => {
  test.each([
    ["the newest one", input(["3.11", "3.13"]), { tools: "3.13", cells: "3.13" }],
    ["the setting", input(["3.11", "3.13"], "3.11"), { tools: "3.11", cells: "3.11" }],
    [
      "the setting for tools alone where the run does not examine it: nothing was resolved for it",
      input(["3.11", "3.12"], "3.14"),
      { tools: "3.14", cells: "3.12" },
    ],
    [
      "one that the run examines, and for tools the project's",
      input(["3.9"], undefined, ["3.9", "3.13"]),
      { tools: "3.13", cells: "3.9" },
    ],
    [
      "for tools a current one, where the project supports only old ones: our tools have no release for these",
      input(["3.8", "3.9"]),
      { tools: "3.13", cells: "3.9" },
    ],
  ])("are %s", (_, given, expected) => {
    expect(assumeDefaultPythons(given)).toEqual(expected)
  })
})

describe("where images are missing", () => {
  const find = (given: ReturnType<typeof input>, there: readonly string[]) =>
    findDefaultPythons(given, async (python) => there.includes(python))

  test.each([
    ["the next best takes its place", input(["3.10", "3.11", "3.12"]), ["3.11"], { tools: "3.11", cells: "3.11" }],
    ["a setting stays as it is", input(["3.11", "3.12"], "3.12"), ["3.11"], { tools: "3.12", cells: "3.12" }],
    ["the best stays where there is none at all", input(["3.10", "3.12"]), [], { tools: "3.12", cells: "3.12" }],
  ])("%s", async (_, given, there, expected) => {
    expect(await find(given, there)).toEqual(expected)
  })

  test("no more images are asked for than up to the first that is there", async () => {
    const asked: string[] = []
    await findDefaultPythons(input(["3.11", "3.12", "3.13"]), async (python) => asked.push(python) > 0)
    expect(new Set(asked)).toEqual(new Set(["3.13"]))
  })
})
