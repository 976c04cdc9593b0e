import { execFileSync } from "node:child_process"
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readReport } from "../../e2e/doors/same-answer.js"
import { changesIn, cloneRepository, commitAll } from "../../module/checkout.js"
import { dagger, MODULE } from "../../module/dagger.js"
import { fetchProject, RELEASES } from "../../projects.js"
import { writeFiles } from "../../write-files.js"
import { bringUp, type Throwaway, throwawayEngine } from "../throwaway.js"

let engine: Throwaway
let connection: Awaited<ReturnType<typeof bringUp>>
let scratch: string

beforeAll(async () => {
  // Compiles the CLI where its sources changed, and touches no engine.
  execFileSync(join(MODULE, "quillon"), ["--version"])
  engine = throwawayEngine()
  ;[connection, scratch] = await Promise.all([
    bringUp(engine, "--sdk", "go"),
    mkdtemp(join(tmpdir(), "quillon-go-modules-")),
  ])
})
afterAll(async () => {
  await engine.remove()
  await rm(scratch, { recursive: true, force: true })
})

const run = (args: readonly string[], cwd: string) => dagger(args, { cwd, env: connection })

describe("a module in Go", () => {
  let cwd: string

  beforeAll(async () => {
    cwd = join(scratch, "hello-there")
    await mkdir(cwd)
  })

  it("is made by dagger init, for the Go that any engine of this version has", async () => {
    const made = await run(["init", "--sdk", "go", "--name", "hello-there"], cwd)
    expect(made.exitCode, made.stderr).toBe(0)
    expect(await readFile(join(cwd, "go.mod"), "utf8")).toMatch(/^module dagger\/hello-there\n\ngo 1\.26\.1\n/)
    const { stdout } = await run(["functions"], cwd)
    expect(stdout).toContain("container-echo")
    expect(stdout).toContain("grep-dir")
  })

  it("has packages from the Go proxy, which dagger develop writes into its go.mod", async () => {
    await writeFile(join(cwd, "main.go"), USES_A_PACKAGE)
    const { stdout, stderr } = await run(["call", "canonical", "--version", "v1.2"], cwd)
    expect(stdout.trim(), stderr).toBe("v1.2.0")
    await run(["develop"], cwd)
    expect(await readFile(join(cwd, "go.mod"), "utf8")).toContain("golang.org/x/mod v")
  })
})

describe("the example of a stage in Go", () => {
  let checkout: string
  let example: string
  let project: string

  beforeAll(async () => {
    ;[checkout, project] = await Promise.all([cloneRepository(MODULE), fetchProject(RELEASES.itsdangerous)])
    example = join(checkout, "examples/go-stage")
    await writeFiles(project, { ".github/workflows/title.yml": workflow({ run: 'echo "$TITLE"' }) })
    await commitAll(project)
  })
  afterAll(() => Promise.all([checkout, project].map((made) => rm(dirname(made), { recursive: true, force: true }))))

  const call = (...args: string[]) => run(["--mod", example, "call", ...args], project)

  it("is green where the workflows are sound", async () => {
    const { exitCode, stdout, stderr } = await call("ci", "--source", ".", "--only", "workflows")
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/^\| ✅ \| workflows \| .* \| no finding \|$/m)
  })

  it("is red with file and line of what it found", async () => {
    const title = "$" + "{{ github.event.pull_request.title }}"
    await writeFiles(project, { ".github/workflows/title.yml": workflow({ run: `echo "${title}"` }) })
    const { exitCode, stderr } = await call("ci", "--source", ".", "--only", "workflows")
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain("failed: itsdangerous: 1 failed, 0 passed")
    expect(stderr).toContain(".github/workflows/title.yml:9: zizmor/template-injection")
  })

  it("stands in the report like any other stage", async () => {
    const out = join(scratch, "report")
    const exported = await call("report", "--source", ".", "--only", "workflows", "export", "--path", out)
    expect(exported.exitCode, exported.stderr).toBe(0)
    expect((await readReport(join(out, "report.json"))).cells).toMatchObject([
      {
        stage: "workflows",
        outcome: "failed",
        findings: [{ rule: "zizmor/template-injection", file: ".github/workflows/title.yml", line: 9 }],
      },
    ])
  })

  it("is committed as dagger develop leaves it", async () => {
    const { exitCode, stderr } = await run(["develop"], example)
    expect(exitCode, stderr).toBe(0)
    expect(await changesIn(checkout)).toBe("")
  })
})

/** A workflow whose ninth line is the command. */
function workflow({ run: command }: { readonly run: string }): string {
  return [
    "name: title",
    "on:",
    "  pull_request:",
    "permissions: {}",
    "jobs:",
    "  title:",
    "    runs-on: ubuntu-latest",
    "    steps:",
    `      - run: ${command}`,
    "        env:",
    "          TITLE: $" + "{{ github.event.pull_request.title }}",
    "",
  ].join("\n")
}

const USES_A_PACKAGE = `package main

import "golang.org/x/mod/semver"

type HelloThere struct{}

// Completes a version.
func (m *HelloThere) Canonical(version string) string {
	return semver.Canonical(version)
}
`
