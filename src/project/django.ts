import type { Origin } from "./project.js"
import type { PytestConfig } from "./pytest-config.js"
import type { Snapshot } from "./snapshot.js"

/** How a Django project's tests are found and run by pytest as `manage.py test` would. */
export interface DjangoTests {
  /** Folders and files at the top that hold tests. */
  readonly paths: readonly string[]
  readonly origin: Origin
  /** Options of pytest in the form `name=value`, as far as the project's own configuration does not set them. */
  readonly options: readonly string[]
}

/** Django's test runner takes files of this name (`--pattern`). */
const TESTS = "test*.py"
const TEST_FILE = /(?:^|\/)test[^/]*\.py$/

/** Reads `manage.py`: undefined where there is none that names the settings module. */
export function readDjango(snapshot: Snapshot, config: PytestConfig | undefined): DjangoTests | undefined {
  const text = snapshot.text("manage.py")
  const found = text === undefined ? null : /DJANGO_SETTINGS_MODULE["'],\s*["']([\w.]+)["']/.exec(text)
  if (text === undefined || found === null) return undefined
  const files = snapshot.paths.filter((path) => TEST_FILE.test(path) && isImportable(snapshot, path))
  const named = config?.namesDjangoSettings === true
  return {
    paths: [...new Set(files.map((path) => path.split("/")[0] ?? ""))],
    origin: { file: "manage.py", line: text.slice(0, found.index).split("\n").length },
    options: [
      ...(named ? [] : [`DJANGO_SETTINGS_MODULE=${found[1]}`]),
      ...((config?.pythonFiles.length ?? 0) > 0 ? [] : [`python_files=${TESTS}`]),
    ],
  }
}

/** The runner looks into packages alone. */
function isImportable(snapshot: Snapshot, path: string): boolean {
  const folders = path.split("/").slice(0, -1)
  return folders.every((_, index) => snapshot.has(`${folders.slice(0, index + 1).join("/")}/__init__.py`))
}
