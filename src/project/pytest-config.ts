import { listWords, readIni } from "./ini.js"
import type { Origin } from "./project.js"
import type { Snapshot } from "./snapshot.js"
import { asStrings, asTable, readToml } from "./toml.js"

/** Where pytest finds its configuration, and what of it decides which tests there are. */
export interface PytestConfig {
  readonly origin: Origin
  readonly testpaths: readonly string[]
  readonly pythonFiles: readonly string[]
  /** Options that are added to every command line. */
  readonly addopts: readonly string[]
  /** True where it says to pytest-django which settings module is Django's. */
  readonly namesDjangoSettings: boolean
}

/** The configuration that pytest would take, in its own order of precedence. */
export function readPytestConfig(snapshot: Snapshot): PytestConfig | undefined {
  for (const file of ["pytest.toml", ".pytest.toml"]) {
    const text = snapshot.text(file)
    if (text === undefined) continue
    const document = readToml(text, file)
    return fromTable(document.get("pytest"), document.origin("pytest", "testpaths"))
  }
  for (const file of ["pytest.ini", ".pytest.ini"]) {
    const found = fromIni(snapshot, file, { section: "pytest", bare: true })
    if (found !== undefined) return found
  }
  const { pyproject } = snapshot
  for (const key of [
    ["tool", "pytest", "ini_options"],
    ["tool", "pytest"],
  ]) {
    const table = pyproject?.get(...key)
    if (pyproject !== undefined && table !== undefined) return fromTable(table, pyproject.origin(...key, "testpaths"))
  }
  return (
    fromIni(snapshot, "tox.ini", { section: "pytest", bare: false }) ??
    fromIni(snapshot, "setup.cfg", { section: "tool:pytest", bare: false })
  )
}

function fromTable(value: unknown, origin: Origin): PytestConfig {
  const table = asTable(value)
  return {
    origin,
    testpaths: words(table.testpaths),
    pythonFiles: words(table.python_files),
    addopts: words(table.addopts),
    namesDjangoSettings: table.DJANGO_SETTINGS_MODULE !== undefined || selectsDjango(words(table.addopts)),
  }
}

function selectsDjango(addopts: readonly string[]): boolean {
  return addopts.some((word) => /^--ds(?:=|$)/.test(word))
}

/** An ini option in TOML is one string of words, or a list. */
function words(value: unknown): readonly string[] {
  return typeof value === "string" ? listWords(value) : asStrings(value)
}

function fromIni(
  snapshot: Snapshot,
  file: string,
  where: { section: string; bare: boolean },
): PytestConfig | undefined {
  const text = snapshot.text(file)
  if (text === undefined) return undefined
  const ini = readIni(text, file)
  if (!where.bare && !ini.sections.includes(where.section)) return undefined
  return {
    origin: ini.origin(where.section, "testpaths"),
    testpaths: listWords(ini.get(where.section, "testpaths")),
    pythonFiles: listWords(ini.get(where.section, "python_files")),
    addopts: listWords(ini.get(where.section, "addopts")),
    namesDjangoSettings:
      ini.get(where.section, "django_settings_module") !== undefined ||
      selectsDjango(listWords(ini.get(where.section, "addopts"))),
  }
}
