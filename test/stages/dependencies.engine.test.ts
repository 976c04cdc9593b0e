import { createHash } from "node:crypto"
import { readdir, readFile, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { dag } from "@dagger.io/dagger"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { pinOf } from "../../src/toolchain/tools.js"
import { cellOf, lastReport, quillon } from "../e2e/quillon.js"
import { smallProject, withDependencies } from "../e2e/small-project.js"
import { openEngine } from "../engine-session.js"

interface Bill {
  readonly metadata: { readonly component: { readonly purl: string; readonly hashes: readonly { content: string }[] } }
  readonly components: readonly {
    readonly purl: string
    readonly licenses: readonly { readonly license: { readonly id?: string; readonly name?: string } }[]
    readonly externalReferences: readonly { readonly hashes?: readonly { readonly content: string }[] }[]
  }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const VALIDATE = `
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open("/tmp/bill.json").read())
print("valid" if error is None else error)
`

describe("what the wheel installs", () => {
  let engine: Awaited<ReturnType<typeof openEngine>>
  let folder: string
  let bill: Bill
  let text: string
  beforeAll(async () => {
    engine = await openEngine()
    folder = await smallProject(withDependencies(["jinja2==3.1.5", "six==1.17.0"]))
    const { exitCode, all } = await quillon(["ci", "--only", "sbom,outdated"], { cwd: folder })
    expect(exitCode, all).toBe(0)
    text = await readFile(join(folder, ".quillon/runs/latest/artifacts/sbom/sbom/sbom.cdx.json"), "utf8")
    bill = JSON.parse(text) as Bill
  })
  afterAll(() => engine.close())

  it("is a bill of materials that CycloneDX's own validator takes", async () => {
    const tool = createToolchain({ dag, settings: { python: {} } }).environment({
      python: "3.13",
      tools: [pinOf("cyclonedx-bom")],
    })
    const validated = tool.withNewFile("/tmp/bill.json", text).withExec(["python", "-c", VALIDATE])
    expect(await validated.stdout()).toBe("valid\n")
  })

  it("is about the wheel, by its hash, and says what needs what", async () => {
    const built = join(folder, ".quillon/runs/latest/artifacts/build/wheel")
    const [wheel = ""] = await readdir(built)
    const digest = createHash("sha256").update(await readFile(join(built, wheel)))
    expect(bill.metadata.component).toMatchObject({
      purl: "pkg:pypi/small@1.2.3",
      hashes: [{ content: digest.digest("hex") }],
    })
    const markupsafe = bill.components.map(({ purl }) => purl).find((purl) => purl.startsWith("pkg:pypi/markupsafe@"))
    expect(bill.dependencies).toEqual([
      { ref: "pkg:pypi/jinja2@3.1.5", dependsOn: [markupsafe] },
      { ref: markupsafe, dependsOn: [] },
      { ref: "pkg:pypi/six@1.17.0", dependsOn: [] },
      { ref: "pkg:pypi/small@1.2.3", dependsOn: ["pkg:pypi/jinja2@3.1.5", "pkg:pypi/six@1.17.0"] },
    ])
  })

  it("has each part's licence and the hashes that resolve allowed", async () => {
    const six = bill.components.find(({ purl }) => purl === "pkg:pypi/six@1.17.0")
    expect(JSON.stringify(six?.licenses)).toContain("MIT")
    const requirements = await readFile(
      join(folder, ".quillon/runs/latest/artifacts/resolve@3.13/requirements/runtime.txt"),
      "utf8",
    )
    const allowed = [...(requirements.split("six==1.17.0")[1] ?? "").matchAll(/sha256:([0-9a-f]{64})/g)].map(
      ([, hash]) => hash,
    )
    const named = six?.externalReferences.flatMap(({ hashes = [] }) => hashes.map(({ content }) => content)) ?? []
    expect(named.length).toBeGreaterThan(0)
    expect(allowed).toEqual(expect.arrayContaining(named))
  })

  it("is compared with the index, with the time for which a newer release has been out", async () => {
    const cell = cellOf(await lastReport(folder), "outdated")
    expect(cell.findings.filter(({ rule }) => rule === "direct")).toMatchObject([
      { message: expect.stringMatching(/^jinja2 3\.1\.5 is not the newest, \S+; a newer one is out for \d+ days/) },
    ])
  })
})

it("counts what only the backend knows as asked for by the project, and what that needs not", async () => {
  const pyproject = `[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "small"
version = "1.2.3"
dynamic = ["dependencies"]
requires-python = ">=3.13,<3.14"
classifiers = ["Programming Language :: Python :: 3.13"]

[tool.setuptools.dynamic]
dependencies = { file = ["needs.list"] }

[tool.quillon]
audit.enabled = false
`
  const folder = await smallProject({
    "pyproject.toml": pyproject,
    "needs.list": "jinja2==3.1.5\nmarkupsafe==2.1.5\nhttpcore==1.0.5\n",
    "MANIFEST.in": "include needs.list\n",
  })
  await quillon(["ci", "--only", "outdated"], { cwd: folder })
  const { findings } = cellOf(await lastReport(folder), "outdated")
  const subjects = (wanted: string) => findings.filter(({ rule }) => rule === wanted).map(({ subject }) => subject)
  expect(subjects("direct")).toEqual(["httpcore", "jinja2", "markupsafe"])
  // httpcore 1.0.5 asks for h11 below 0.15.
  expect(subjects("indirect")).toContain("h11")
  await rm(dirname(folder), { recursive: true, force: true })
})
