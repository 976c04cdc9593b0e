import { describe, expect, it } from "vitest"
import type { Project, ToolFacts } from "../../src/project/project.js"
import { audit } from "../../src/stages/audit.js"
import { build } from "../../src/stages/build.js"
import { coverage } from "../../src/stages/coverage.js"
import { lint } from "../../src/stages/lint.js"
import { outdated } from "../../src/stages/outdated.js"
import { resolve } from "../../src/stages/resolve.js"
import { resolvePlan } from "../../src/stages/resolve-plan.js"
import { security } from "../../src/stages/security.js"
import { test } from "../../src/stages/test.js"
import { TESTED_WHEEL } from "../../src/stages/tested-wheel.js"
import { types } from "../../src/stages/types.js"
import { callsBehind, record } from "./recording.js"
import { projectWith } from "./transcripts.js"

const argvOf = (recorded: ReturnType<typeof record>, name: string) =>
  recorded.commands.find((command) => command.name === name)?.argv ?? []

const given = { requirements: [], wheel: ["demo-1.0-py3-none-any.whl"], [TESTED_WHEEL]: ["demo-1.0-py3-none-any.whl"] }

describe("lint", () => {
  it("never fixes, and cannot: the files are mounted read-only", () => {
    const recorded = record(lint, { project: projectWith() })
    expect(argvOf(recorded, "check")).toEqual(expect.arrayContaining(["ruff", "check", "--no-fix"]))
    const mounts = recorded.callsOf("check").filter(([method]) => method === "withMountedDirectory")
    expect(mounts).toEqual([["withMountedDirectory", "/work", expect.anything(), { readOnly: true }]])
  })

  it.each<[string, Record<string, ToolFacts>, object, boolean]>([
    ["a project that formats with nothing", { ruff: {} }, {}, false],
    ["a project that formats with ruff", { ruff: { formats: true } }, {}, true],
    ["a project that formats with black", { black: { formats: true } }, {}, true],
    ["a setting that says always", {}, { lint: { format: "always" } }, true],
    ["a setting that says never", { ruff: { formats: true } }, { lint: { format: "never" } }, false],
  ])("checks the format or not: %s", (_, tools, settings, checked) => {
    const { commands } = record(lint, { project: projectWith({ tools }), settings })
    expect(commands.some(({ name }) => name === "format")).toBe(checked)
  })

  it.each([
    [undefined, "ruff==0.17.6"],
    ["==0.6.9", "ruff==0.6.9"],
    [">=0.9", "ruff==0.17.6"],
    ["<0.5", "ruff<0.5"],
  ])("installs for the project's pin %s: %s", (pin, tool) => {
    const project = projectWith({ tools: { ruff: pin === undefined ? {} : { pin } } })
    expect(record(lint, { project }).environments[0]?.tools).toEqual([tool])
  })

  it.each<[string, Record<string, ToolFacts>, object, boolean]>([
    ["nothing is formatted", {}, {}, false],
    ["our ruff formats, which knows Markdown", { ruff: { formats: true } }, {}, true],
    ["a ruff that may be one which knows it", { ruff: { formats: true, pin: ">=0.15,<0.17" } }, {}, true],
    ["a ruff of before Markdown was formatted", { ruff: { formats: true, pin: "==0.15.9" } }, {}, false],
    ["black formats, which knows no Markdown", { black: { formats: true } }, {}, false],
    ["both format", { black: { formats: true }, ruff: { formats: true } }, {}, true],
    ["a setting asks for it", {}, { lint: { format: "always" } }, true],
  ])("shows ruff Markdown only where it would format it: %s", (_, tools, settings, shown) => {
    const { views } = record(lint, { project: projectWith({ tools }), settings })
    expect(views.flatMap(({ include }) => include).includes("**/*.md")).toBe(shown)
  })

  it("leaves Markdown out that the format has nothing to do with", () => {
    const tools = { ruff: { formats: true, passesOver: ["README.md"] } }
    expect(record(lint, { project: projectWith({ tools }) }).views.at(-1)?.exclude).toEqual(["README.md"])
  })
})

describe("test", () => {
  const project = projectWith()

  it("hands pytest what a framework needs, and resolves its plugins", () => {
    const framework = { plugins: ["pytest-django"], options: ["DJANGO_SETTINGS_MODULE=shop.settings"] }
    const django = projectWith({ tests: { ...project.tests, framework } })
    expect(argvOf(record(test, { project: django, artifacts: given }), "pytest").join(" ")).toContain(
      "-o DJANGO_SETTINGS_MODULE=shop.settings",
    )
    const [tests, runtime] = resolvePlan(django, { seesAbove: false, parallel: false }).purposes
    expect(tests?.ensure).toContain("pytest-django")
    expect(runtime?.ensure).toEqual([])
  })

  it("shows pytest the tests alone, and installs the wheel after what resolve gave", () => {
    const { views, environments } = record(test, { project, artifacts: given })
    expect(views).toEqual([project.tests.files])
    expect(environments).toMatchObject([
      { python: "3.11", requirements: { path: "test.txt" }, wheel: { path: "demo-1.0-py3-none-any.whl" } },
    ])
  })

  it("tests an application in its tree", () => {
    const { views, environments } = record(test, { project, artifacts: { requirements: [] } })
    expect(views).toEqual([{ include: ["**"], exclude: [] }])
    expect(environments[0]).not.toHaveProperty("wheel")
  })

  it("gives paths by testpaths, so that paths after -- take their place", () => {
    const spaced = projectWith({ tests: { ...project.tests, paths: ["tests", "more tests"] } })
    const argv = argvOf(record(test, { project: spaced, artifacts: given, args: ["-k", "x"] }), "pytest")
    expect(argv.slice(-4)).toEqual(["-o", 'testpaths="tests" "more tests"', "-k", "x"])
  })

  it("names no folder as an argument of its own, because pytest takes its root from such", () => {
    const argv = argvOf(record(test, { project, artifacts: given }), "pytest")
    expect(argv.filter((word) => word.startsWith("/"))).toEqual([])
  })

  it.each<[string, Partial<typeof project.tests>, string[], string[]]>([
    ["tests inside a package", { paths: ["src/demo/tests"] }, [], ["--pyargs", "demo.tests"]],
    ["tests inside and beside it", { paths: ["tests", "src/demo"] }, [], ["--pyargs", "demo", "tests"]],
    ["examples in docstrings", { doctests: true }, [], ["--pyargs", "demo", "tests"]],
    ["a selection", { doctests: true }, ["-k", "x"], ["--pyargs", "demo", "tests", "-k", "x"]],
    ["a path after --", { doctests: true }, ["tests/test_a.py"], ["--pyargs", "tests/test_a.py"]],
  ])("asks for what is installed by its name: %s", (_, tests, args, words) => {
    const inside = projectWith({ tests: { ...project.tests, ...tests } })
    const argv = argvOf(record(test, { project: inside, artifacts: given, args }), "pytest")
    expect(argv.slice(argv.indexOf("--pyargs"))).toEqual(words)
    expect(argv.slice(0, argv.indexOf("--pyargs")).slice(-2)).toEqual(["-o", "consider_namespace_packages=true"])
  })

  it.each([
    [{}, undefined],
    [{ test: { parallel: 1 } }, undefined],
    [{ test: { parallel: 4 } }, 4],
    [{ test: { parallel: "auto" } }, "auto"],
  ])("runs the tests in several processes only where the setting asks for it: %o", (settings, workers) => {
    const argv = argvOf(record(test, { project, settings, artifacts: given }), "pytest")
    const plan = argv.find((word) => word.startsWith("{"))
    expect(plan === undefined ? undefined : (JSON.parse(plan) as { workers: unknown }).workers).toBe(workers)
    const written = record(resolve, { project, settings }).callsOf("resolve")
    expect(JSON.stringify(written).includes("pytest-xdist")).toBe(workers !== undefined)
  })

  it("has one process confirm what several found, under coverage where it is measured", () => {
    const configured = projectWith({ tests: { ...project.tests, coverageConfigured: true } })
    const serial = (tested: typeof project) => {
      const argv = argvOf(
        record(test, { project: tested, settings: { test: { parallel: 2 } }, artifacts: given }),
        "pytest",
      )
      return (JSON.parse(argv.find((word) => word.startsWith("{")) ?? "{}") as { serial: string[] }).serial
    }
    expect(serial(project)).toEqual(["python", "-m", "pytest"])
    expect(serial(configured)).toEqual(
      argvOf(record(test, { project: configured, artifacts: given }), "pytest").slice(0, 5),
    )
  })

  it("measures coverage only where it is asked for", () => {
    const configured = projectWith({ tests: { ...project.tests, coverageConfigured: true } })
    const kept = (of: Project) =>
      record(test, { project: of, artifacts: given }).commands[0]?.keeps?.map(({ kind }) => kind)
    expect(kept(project)).toEqual(["test-results"])
    expect(kept(configured)).toEqual(["test-results", "coverage-data"])
  })
})

describe("build", () => {
  it("has a constant time, and the version of a tag without the history", () => {
    const facts = projectWith().build
    const scm = projectWith({
      name: "my.demo-lib",
      version: "1.4.0",
      ...(facts && { build: { ...facts, version: "scm" } }),
    })
    const recorded = record(build, { project: scm })
    const variables = recorded.callsOf("build").filter(([method]) => method === "withEnvVariable")
    expect(variables).toContainEqual(["withEnvVariable", "SOURCE_DATE_EPOCH", "1577836800"])
    expect(variables).toContainEqual(["withEnvVariable", "SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_DEMO_LIB", "1.4.0"])
    expect(recorded.views).toEqual([facts?.files])
  })

  it("has the release commit's time in a release", () => {
    const recorded = record(build, { project: projectWith(), epoch: 1_700_000_000 })
    expect(recorded.callsOf("build")).toContainEqual(["withEnvVariable", "SOURCE_DATE_EPOCH", "1700000000"])
  })

  it("makes one wheel where it is pure, else one for each interpreter, with a compiler", () => {
    const facts = projectWith().build
    const native = projectWith({ ...(facts && { build: { ...facts, pure: false } }) })
    const inputs = { pythons: ["3.11", "3.13"], defaultPython: "3.13", cellsGiving: () => [] }
    expect(build.cells?.(projectWith(), inputs).map(({ key }) => key)).toEqual([""])
    expect(build.cells?.(native, inputs).map(({ key }) => key)).toEqual(["3.11", "3.13"])
    expect(record(build, { project: native }).callsOf("build")[0]).toEqual(["builder"])
  })

  it("is skipped where there is no backend", () => {
    const { build: _, ...application } = projectWith({ kind: "application" })
    expect(build.skip?.(application, {} as never)).toMatch(/no build backend/)
  })
})

describe("resolve", () => {
  const planOf = (project: ReturnType<typeof projectWith>) => {
    const written = record(resolve, { project })
      .callsOf("resolve")
      .find(([, path]) => String(path).endsWith("plan.json"))
    return JSON.parse(String(written?.[2])) as {
      purposes: { name: string; requirements: string[]; ensure: string[]; prefer: string[]; extras: unknown }[]
    }
  }

  it("lets a backend write where only it can tell the metadata, and nobody else", () => {
    const mountsOf = (project: Project) =>
      record(resolve, { project })
        .callsOf("resolve")
        .filter(([method, path]) => method === "withMountedDirectory" && path === "/work")
        .map(([, , , options]) => options)
    const dynamic = { ...projectWith().dependencies, runtime: [{ kind: "metadata" as const, extras: [] }] }
    expect(mountsOf(projectWith({ dependencies: dynamic }))).toEqual([{ owner: "1000:1000" }])
    expect(mountsOf(projectWith())).toEqual([{ readOnly: true }])
  })

  it("plans the tests first, adds our tools and leaves their versions to the project's own pins", () => {
    const project = projectWith({
      tools: { mypy: { pin: "==1.9.0" }, coverage: { pin: "<7" } },
      dependencies: {
        ...projectWith().dependencies,
        runtime: [{ kind: "requirement", text: "six>=1", origin: "default" }],
        test: [{ kind: "requirement", text: "hypothesis", origin: "default" }],
      },
    })
    const [tests, runtime, checked] = planOf(project).purposes
    expect(tests).toMatchObject({ name: "test", requirements: ["six>=1", "hypothesis"], extras: null })
    expect(tests).toMatchObject({ ensure: ["pytest", "coverage[toml]<7"], prefer: ["pytest==9.2.0"] })
    expect(runtime).toMatchObject({ name: "runtime", requirements: ["six>=1"], ensure: [] })
    expect(checked).toMatchObject({ name: "types", ensure: ["mypy"], prefer: ["mypy==1.9.0"] })
  })

  it("asks the backend where only it knows the dependencies", () => {
    const test = [{ kind: "metadata", extras: ["test"] }] as const
    const plan = planOf(projectWith({ dependencies: { ...projectWith().dependencies, test } }))
    expect(plan.purposes.map(({ extras }) => extras)).toEqual([["test"], null, null])
  })
})

describe("outdated", () => {
  it.each<[string, object[], string[]]>([
    ["names them in its metadata", [{ kind: "requirement", text: "six>=1", origin: "default" }], []],
    ["names them in a file", [{ kind: "file", path: "requirements.txt" }], ["requirements.txt"]],
  ])("sees no more than the requirements files of a project that %s", (_, runtime, files) => {
    const dependencies = { ...projectWith().dependencies, runtime } as ReturnType<typeof projectWith>["dependencies"]
    const { views } = record(outdated, { project: projectWith({ dependencies }), artifacts: given })
    expect(views.flatMap(({ include }) => include)).toEqual(files)
    expect(views).toHaveLength(files.length === 0 ? 0 : 1)
  })
})

describe("types", () => {
  it("checks the packages and nothing else where mypy is not configured", () => {
    const recorded = record(types, { project: projectWith(), artifacts: given })
    const { views } = recorded
    expect(views[0]?.include).toEqual(expect.arrayContaining(["src/demo/**"]))
    expect(views[0]?.include).not.toContain("**/*.py")
    const plan = recorded.callsOf("mypy").find(([, path]) => String(path).endsWith("types-plan.json"))
    expect(JSON.parse(String(plan?.[2]))).toMatchObject({ targets: ["src/demo"] })
  })

  it.each([
    ["scm", true],
    ["static", false],
  ] as const)("waits for the wheel where the build writes the version into a module: %s, %s", (version, waits) => {
    const facts = projectWith().build
    const project = projectWith({ ...(facts && { build: { ...facts, version } }) })
    expect(types.takes?.find(({ kind }) => kind === TESTED_WHEEL)?.where?.(project)).toBe(waits)
  })

  it.each([
    [[{ name: "demo", kind: "package", path: "src/demo" }], "/work/src"],
    [[{ name: "demo", kind: "package", path: "demo" }], "/work"],
    [[{ name: "six", kind: "module", path: "six.py" }], "/work"],
    [[{ name: "a.b.c", kind: "package", path: "src/a/b/c" }], "/work/src"],
  ] as const)("finds %o from %s", (packages, root) => {
    const recorded = record(types, { project: projectWith({ packages }), artifacts: given })
    expect(recorded.callsOf("mypy")).toContainEqual(["withEnvVariable", "MYPYPATH", root])
  })
})

describe("security", () => {
  it("names the project's own configuration, because bandit finds an INI file alone", () => {
    const tools = { bandit: { configured: { file: "pyproject.toml" } } }
    expect(record(security, { project: projectWith({ tools }) }).commands[0]?.argv).toEqual(
      expect.arrayContaining(["--configfile", "pyproject.toml", "src/demo"]),
    )
  })
})

describe("audit", () => {
  const recorded = (settings: object) =>
    record(audit, { project: projectWith(), settings: { audit: settings }, artifacts: given })

  it("gives no name of a private package to anybody, and asks whether there are advisories at all", () => {
    const [, , plan] = argvOf(recorded({ private: ["ours"] }), "pip-audit")
    expect(JSON.parse(plan ?? "")).toMatchObject({ private: ["ours"], probe: true })
    const [, , own] = argvOf(recorded({ service: "https://osv.example/" }), "pip-audit")
    expect(JSON.parse(own ?? "")).toMatchObject({ probe: false })
  })

  it("runs safety in its place where the setting says so, and never uploads", () => {
    const { commands, environments } = recorded({ tool: "safety" })
    expect(commands.map(({ name }) => name)).toEqual(["safety"])
    expect(commands[0]?.argv).toEqual(expect.arrayContaining(["check", "--disable-audit-and-monitor"]))
    expect(environments[0]?.tools).toEqual(["safety==3.8.1"])
  })
})

describe("coverage", () => {
  it.each([
    ["some", [["kept"]]],
    ["none", [["directory"]]],
  ])("combines what was covered where tests ran: %s", (ran, from) => {
    const artifacts = { requirements: ["test.txt"], "coverage-data": [".coverage"] }
    const recorded = record(coverage, { project: projectWith(), artifacts, facts: { "tests-run": ran } })
    const mounted = recorded
      .callsOf("combine")
      .find(([method, path]) => method === "withMountedDirectory" && String(path).endsWith("-data/only"))
    expect(callsBehind(mounted?.[2])).toEqual(from)
  })
})
