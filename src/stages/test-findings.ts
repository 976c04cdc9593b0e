import type { Draft } from "../findings/normalise.js"
import type { Project } from "../project/project.js"
import { adviceOnNewPytest } from "./new-pytest.js"
import type { FailureRecord } from "./test-records.js"

/** What is known beyond one failing test. */
export interface FailureContext {
  readonly project: Project
  /** What to add so that everything can be imported that could not be. */
  readonly missing?: string | undefined
  /** The pytest that ran. */
  readonly pytest?: string | undefined
}

/** A failing test as a finding: where it went wrong, what it says, and its output. */
export function failureFinding(failure: FailureRecord, context: FailureContext): Draft {
  const { test, category, when, file, line, message, detail, output } = failure
  const { project } = context
  const help = helpFor(`${message}\n${detail}`, { ...context, message })
  const around = when === "call" || when === "collect" ? "" : ` at ${when}`
  return {
    tool: "pytest",
    rule: category === "error" ? "error" : "failed",
    severity: "error",
    ...(file == null ? {} : { file: sourcePath(file, project) }),
    ...(line == null ? {} : { line }),
    subject: `${test}${around}`,
    message: `${test}${around}: ${message}`,
    detail: [detail, ...output.map(([name, text]) => `--- ${name} ---\n${text.trimEnd()}`)].join("\n"),
    ...(help === undefined ? {} : { help }),
  }
}

/** A test that failed in several processes and passed in one: told, and no failure. */
export function unconfirmedFinding({ test, message }: FailureRecord): Draft {
  return {
    tool: "pytest",
    rule: "only-in-parallel",
    severity: "note",
    message: `${test} failed in parallel and passed in one process: ${message}`,
    help: 'tests that share something can\'t run side by side: mend them, or set test.parallel = "off"',
  }
}

/** The module that could not be imported, with its dots. */
export function missingImport(message: string): string | undefined {
  return /ModuleNotFoundError: No module named '([^']+)'/.exec(message)?.[1]
}

/** Modules that tests could not import, less the project's own. */
export function missingModules(failures: readonly FailureRecord[], project: Project): readonly string[] {
  return failures.flatMap(({ message }) => missingImport(message) ?? []).filter((module) => !isOwn(module, project))
}

function isOwn(module: string, { packages }: Project): boolean {
  return packages.some(({ name }) => name.split(".")[0] === module.split(".")[0])
}

/** A file of the project that the message says is not there: the tests see themselves and their configuration alone. */
export function missingFile(message: string): string | undefined {
  const [, quoted, opened] =
    /(?:No such file or|Not a file or) directory: '(?:\/work\/)?([^'/][^']*)'|can't open file '\/work\/([^']+)'/.exec(
      message,
    ) ?? []
  return quoted ?? opened
}

function helpFor(said: string, context: FailureContext & { readonly message: string }): string | undefined {
  const { project, message, missing } = context
  const module = missingImport(message)
  if (module !== undefined) {
    return isOwn(module, project)
      ? `the wheel does not hold "${module.split(".")[0]}": see what the backend packs`
      : missing
  }
  const file = missingFile(message)
  if (file === undefined) return adviceOnNewPytest(said, context)
  const within = project.packages.some(({ path }) => file === path || file.startsWith(`${path}/`))
  if (within && /\.pyi?$/.test(file))
    return "the tests see the installed package; its sources are out of reach, on purpose"
  const what = within ? "the tests see the installed package, and of the tree" : "the tests see"
  return `${what} no more than themselves; if they read "${file}", add it: [tool.quillon.test] include = ["${file}"]`
}

/** A file of the installed wheel as it stands in the project: `…/site-packages/pkg/x.py` is `src/pkg/x.py`. */
export function sourcePath(file: string, { packages }: Project): string {
  const installed = /(?:^|\/)site-packages\/(.+)$/.exec(file)?.[1]
  if (installed === undefined) return file
  for (const { name, kind, path } of packages) {
    const folder = name.replaceAll(".", "/")
    if (kind === "module" && installed === `${folder}.py`) return path
    if (kind !== "module" && installed.startsWith(`${folder}/`)) return `${path}${installed.slice(folder.length)}`
  }
  return installed
}
