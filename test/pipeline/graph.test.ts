import { describe, expect, test } from "vitest"
import type { Need } from "../../src/pipeline/artifact.js"
import { type Graph, planGraph } from "../../src/pipeline/graph.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import type { Selection } from "../../src/pipeline/selection.js"
import type { Project } from "../../src/project/project.js"
import { FAKE_SETTINGS, fakeProject, fakeStage, PER_PYTHON } from "./fakes.js"

const one = (kind: string, changes: Partial<Need> = {}): Need => ({ kind, from: "one", when: "passed", ...changes })

/** DESIGN §3's table, reduced to what the graph sees of it. */
const pipeline = definePipeline([
  fakeStage({ name: "version" }),
  fakeStage({ name: "resolve", gives: ["requirements"], cells: PER_PYTHON }),
  fakeStage({ name: "lint" }),
  fakeStage({ name: "types", takes: [one("requirements")] }),
  fakeStage({ name: "security" }),
  fakeStage({ name: "audit", takes: [{ kind: "requirements", from: "every-cell", when: "passed" }] }),
  fakeStage({ name: "outdated", takes: [one("requirements")] }),
  fakeStage({
    name: "build",
    gives: ["sdist", "wheel"],
    skip: (project) => (project.build === undefined ? "an application" : undefined),
    cells: (project, inputs) => (project.build?.pure === false ? PER_PYTHON(project, inputs) : [{ key: "" }]),
  }),
  fakeStage({
    name: "test",
    gives: ["coverage-data"],
    takes: [one("requirements"), one("wheel", { optional: true })],
    cells: (_, { cellsGiving }) => cellsGiving("requirements"),
  }),
  fakeStage({ name: "coverage", takes: [{ kind: "coverage-data", from: "every-cell", when: "looked" }] }),
  fakeStage({ name: "image", gives: ["image"], takes: [one("wheel", { optional: true }), one("requirements")] }),
  fakeStage({ name: "sbom", takes: [one("requirements"), one("wheel", { optional: true })] }),
])

function plan(selection: Selection = {}, project: Project = fakeProject()): Graph {
  return planGraph({ pipeline, project, settings: FAKE_SETTINGS, selection })
}

function cells(graph: Graph): readonly string[] {
  return graph.nodes.map(({ address }) => address)
}

function waitsFor(graph: Graph, address: string): readonly string[] {
  return graph.nodes.find((node) => node.address === address)?.edges.flatMap(({ from }) => from) ?? []
}

const extension = fakeProject({ build: { ...(fakeProject().build as NonNullable<Project["build"]>), pure: false } })

describe("the whole pipeline of a package for three interpreters", () => {
  test("has a cell for each interpreter where a stage has a matrix, and one elsewhere", () => {
    expect(cells(plan())).toEqual([
      "version",
      "resolve@3.9",
      "resolve@3.11",
      "resolve@3.13",
      "lint",
      "types",
      "security",
      "audit",
      "outdated",
      "build",
      "test@3.9",
      "test@3.11",
      "test@3.13",
      "coverage",
      "image",
      "sbom",
    ])
  })

  test.each([
    ["test@3.11", ["resolve@3.11", "build"]],
    ["coverage", ["test@3.9", "test@3.11", "test@3.13"]],
    ["audit", ["resolve@3.9", "resolve@3.11", "resolve@3.13"]],
    ["image", ["build", "resolve@3.13"]],
    ["lint", []],
  ])("%s waits for %j and nothing else", (address, expected) => {
    expect(waitsFor(plan(), address)).toEqual(expected)
  })
})

describe("a package with an extension module", () => {
  test("builds a wheel for each interpreter, and each is tested by its own", () => {
    const graph = plan({}, extension)
    expect(cells(graph).filter((address) => address.startsWith("build"))).toEqual([
      "build@3.9",
      "build@3.11",
      "build@3.13",
    ])
    expect(waitsFor(graph, "test@3.11")).toEqual(["resolve@3.11", "build@3.11"])
  })

  test("puts the wheel of the newest interpreter into the image", () => {
    expect(waitsFor(plan({}, extension), "image")).toEqual(["build@3.13", "resolve@3.13"])
  })
})

describe("a selection", () => {
  test.each<[string, Selection, readonly string[]]>([
    ["one stage runs with what it needs", { only: ["types"] }, ["resolve@3.13", "types"]],
    ["one cell runs with what it needs", { only: ["test@3.11"] }, ["resolve@3.11", "build", "test@3.11"]],
    ["a stage without needs runs alone", { only: ["lint"] }, ["lint"]],
    ["one interpreter", { only: ["test"], pythons: ["3.9"] }, ["resolve@3.9", "build", "test@3.9"]],
    ["a cell is left out", { only: ["resolve"], skip: ["resolve@3.11"] }, ["resolve@3.9", "resolve@3.13"]],
  ])("%s", (_, selection, expected) => {
    expect(cells(plan(selection))).toEqual(expected)
  })

  test("a stage on demand runs only when it is asked for, or needed", () => {
    const image = fakeStage({ name: "image", gives: ["image"], onDemand: true })
    const lint = fakeStage({ name: "lint" })
    const scan = fakeStage({ name: "scan", takes: [one("image")], onDemand: true })
    const some = definePipeline([lint, image, scan])
    const chosen = (selection: Selection) =>
      cells(planGraph({ pipeline: some, project: fakeProject(), settings: FAKE_SETTINGS, selection }))
    expect([chosen({}), chosen({ only: ["image"] }), chosen({ only: ["scan"] })]).toEqual([
      ["lint"],
      ["image"],
      ["image", "scan"],
    ])
  })

  test("a stage that is on demand in some projects runs in the others", () => {
    const image = fakeStage({ name: "image", onDemand: ({ dockerfile }) => dockerfile === undefined })
    const some = definePipeline([fakeStage({ name: "lint" }), image])
    const chosen = (project: ReturnType<typeof fakeProject>) =>
      cells(planGraph({ pipeline: some, project, settings: FAKE_SETTINGS, selection: {} }))
    expect(chosen(fakeProject())).toEqual(["lint"])
    expect(chosen({ ...fakeProject(), dockerfile: "Dockerfile" })).toEqual(["lint", "image"])
  })

  test("a skipped stage is left out, the others stay", () => {
    const all = cells(plan())
    expect(cells(plan({ skip: ["lint", "audit"] }))).toEqual(all.filter((a) => a !== "lint" && a !== "audit"))
  })

  test.each<[string, Selection, string, string]>([
    ["an unknown stage", { only: ["lnt"] }, 'there is no stage "lnt"', "version, resolve, lint"],
    ["an unknown stage to skip", { skip: ["tests"] }, 'there is no stage "tests"', "test, coverage"],
    ["an unknown cell", { only: ["test@2.7"] }, 'there is no stage "test@2.7"', "test@3.9, test@3.11"],
    ["an unknown Python", { pythons: ["3.7"] }, "Python 3.7 is not one that demo supports", "versions"],
    ["a skip that leaves a need", { skip: ["resolve"] }, "--skip resolve leaves types without", "resolve,types"],
  ])("%s is refused with what there is", (_, selection, message, next) => {
    expect(() => plan(selection)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), next: expect.stringContaining(next) }),
    )
  })
})

test("a stage with nothing to do in the project says why", () => {
  const { build: _, ...application } = fakeProject({ kind: "application" })
  const graph = plan({}, application)
  expect(graph.nodes.find(({ address }) => address === "build")?.notApplicable).toBe("an application")
})
