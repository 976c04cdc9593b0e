import { expect, test } from "vitest"
import { loadSettings, type SettingsInput } from "../../src/project/load-settings.js"
import { snapshotOf } from "./snapshot-of.js"

async function load(toml: string, input: SettingsInput = {}) {
  return loadSettings(await snapshotOf({ "pyproject.toml": toml }), input)
}

test("flag wins over environment, environment over file, and each key tells which", async () => {
  const toml = '[tool.quillon]\npython.versions = ["3.9"]\npolicy = "strict"\n[tool.quillon.coverage]\nminimum = 80\n'
  const { settings, provenance } = await load(toml, {
    env: { QUILLON_COVERAGE_MINIMUM: "90", QUILLON_PYTHON_VERSIONS: "3.10, 3.11", QUILLON_JOBS: "" },
    flags: { "python.versions": ["3.13"], jobs: undefined },
  })
  expect([settings.python.versions, settings.policy, settings.coverage.minimum, settings.jobs]).toEqual([
    ["3.13"],
    "strict",
    90,
    undefined,
  ])
  expect(provenance).toEqual({
    "python.versions": { kind: "flag" },
    policy: { kind: "file", origin: { file: "pyproject.toml", line: 3 } },
    "coverage.minimum": { kind: "environment", variable: "QUILLON_COVERAGE_MINIMUM" },
  })
})

test("quillon.toml has the same keys without a prefix", async () => {
  const snapshot = await snapshotOf({ "quillon.toml": "[lint]\nenabled = false" })
  const { settings, provenance } = loadSettings(snapshot, {})
  expect(settings.lint.enabled).toBe(false)
  expect(provenance["lint.enabled"]).toEqual({ kind: "file", origin: { file: "quillon.toml", line: 2 } })
})

test("settings in both files are an error that names both", async () => {
  const snapshot = await snapshotOf({ "quillon.toml": "", "pyproject.toml": "\n[tool.quillon]\n" })
  expect(() => loadSettings(snapshot, {})).toThrow(
    expect.objectContaining({
      code: "TWO_SETTINGS_FILES",
      message: expect.stringMatching(/quillon\.toml.*pyproject\.toml:2/),
    }),
  )
})

test.each<[string, Record<string, string>, unknown, string]>([
  ["a switch", { QUILLON_LINT_ENABLED: "false" }, false, "lint.enabled"],
  ["a list", { QUILLON_TEST_APT: "libpq5 git" }, ["libpq5", "git"], "test.apt"],
  ["a list as JSON", { QUILLON_TEST_ARGS: '["-k", "a b"]' }, ["-k", "a b"], "test.args"],
  ["a table as JSON", { QUILLON_TEST_ENV: '{"A": "1"}' }, { A: "1" }, "test.env"],
  ["a number or a word", { QUILLON_TEST_PARALLEL: "4" }, 4, "test.parallel"],
  ["a word or a number", { QUILLON_TEST_PARALLEL: "auto" }, "auto", "test.parallel"],
])("the environment may give %s", async (_, env, expected, path) => {
  const { settings } = await load("", { env })
  expect(path.split(".").reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], settings)).toEqual(
    expected,
  )
})

test("a variable that is nearly a setting's is an error that names both", async () => {
  await expect(load("", { env: { QUILLON_COVERAGE_MINIMUN: "90" } })).rejects.toMatchObject({
    code: "UNKNOWN_SETTING",
    message: "QUILLON_COVERAGE_MINIMUN: no such setting; did you mean QUILLON_COVERAGE_MINIMUM?",
  })
})

test("variables that are no setting are left alone", async () => {
  expect((await load("", { env: { QUILLON_NONCE: "1", HOME: "/" } })).provenance).toEqual({})
})

test("a date may be written as a date or as a text", async () => {
  const excuse = (expires: string): string =>
    `[[tool.quillon.audit.ignore]]\nid = "X-1"\nreason = "r"\nexpires = ${expires}`
  expect((await load(excuse("2027-01-31"))).settings.audit.ignore[0]?.expires).toBe("2027-01-31")
  expect((await load(excuse('"2027-01-31"'))).settings.audit.ignore[0]?.expires).toBe("2027-01-31")
})

test.each([
  [
    "[tool.quillon]\ntets = 1",
    "pyproject.toml:2: unknown setting tets; did you mean test?",
    "Write test in place of tets.",
  ],
  [
    "[tool.quillon.coverage]\n\nminimun = 1",
    "pyproject.toml:3: unknown setting coverage.minimun; did you mean coverage.minimum?",
    "Write minimum",
  ],
  [
    "[tool.quillon.test.services.db]\nimage = 'p'\nport = 1\nhelth = 2",
    "pyproject.toml:4: unknown setting test.services.db.helth; did you mean test.services.db.health?",
    "Write health",
  ],
  ["[tool.quillon.python]\nfoo = 1", "pyproject.toml:2: unknown setting python.foo", "Known here: versions, default."],
])("a wrong key has file, line, key and the nearest: %j", async (toml, message, next) => {
  await expect(load(toml)).rejects.toMatchObject({
    code: "UNKNOWN_SETTING",
    message,
    next: expect.stringContaining(next),
  })
})

test.each([
  [
    '[tool.quillon.coverage]\nminimum = "high"',
    'pyproject.toml:2: setting coverage.minimum is "high"; expected a number',
  ],
  [
    "[tool.quillon.coverage]\nminimum = 9223372036854775807",
    "pyproject.toml:2: setting coverage.minimum is 9223372036854776000; expected at most 100",
  ],
  ["[tool.quillon.coverage]\nminimum = 101", "pyproject.toml:2: setting coverage.minimum is 101; expected at most 100"],
  [
    '[tool.quillon]\npolicy = "hard"',
    'pyproject.toml:2: setting policy is "hard"; expected one of "default", "strict"',
  ],
  [
    '[tool.quillon.python]\nversions = ["3.9",\n  "three"]',
    `pyproject.toml:3: setting python.versions[1] is "three"; expected a Python as X.Y, e.g. '3.11'`,
  ],
  [
    "[tool.quillon.test.services.db]\nport = 1",
    "pyproject.toml:1: setting test.services.db.image is missing; expected an image, or a Dockerfile in services.*.dockerfile",
  ],
  [
    "[tool.quillon.test.services.db]\nimage = 'p'\ndockerfile = 'db/Dockerfile'\nport = 1",
    'pyproject.toml:3: setting test.services.db.dockerfile is "db/Dockerfile"; expected either image or dockerfile, not both',
  ],
  ['[tool.quillon.test]\napt = "git"', 'pyproject.toml:2: setting test.apt is "git"; expected a list'],
  ['[tool.quillon]\ntest = "all"', 'pyproject.toml:2: setting test is "all"; expected a table'],
  [
    '[tool.quillon.test]\nparallel = "many"',
    'pyproject.toml:2: setting test.parallel is "many"; expected one of "auto", "off", or a number',
  ],
  [
    '[[tool.quillon.audit.ignore]]\nid = "a"\nreason = "b"',
    "pyproject.toml:1: setting audit.ignore[0].expires is missing; expected a text",
  ],
  [
    '[[tool.quillon.audit.ignore]]\nid = "a"\nreason = "b"\nexpires = "soon"',
    'pyproject.toml:4: setting audit.ignore[0].expires is "soon"; expected a date as YYYY-MM-DD',
  ],
])("a wrong value has file, line and what was expected: %j", async (toml, message) => {
  await expect(load(toml)).rejects.toMatchObject({ code: "INVALID_SETTING", message })
})

test("a wrong value of the environment names the variable", async () => {
  await expect(load("", { env: { QUILLON_JOBS: "many" } })).rejects.toMatchObject({
    code: "INVALID_SETTING",
    message: 'QUILLON_JOBS: setting jobs is "many"; expected a number',
  })
  await expect(load("", { env: { QUILLON_TEST_ENV: "{broken" } })).rejects.toMatchObject({ code: "INVALID_SETTING" })
})
