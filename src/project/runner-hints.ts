import type { Located } from "./extras.js"
import { type IniDocument, listLines, listWords, readIni } from "./ini.js"
import type { Snapshot } from "./snapshot.js"
import { asStrings, asTable, readToml, type TomlDocument } from "./toml.js"

/** What tox, nox or hatch install before they run the tests. */
export interface RunnerHints {
  readonly groups: readonly string[]
  readonly extras: readonly string[]
  readonly files: readonly string[]
  readonly requirements: readonly Located[]
}

const TEST_ENVIRONMENTS = ["hatch-test", "test", "tests", "testing", "default"]

/** Reads the test environments of tox, hatch and nox, without running them. */
export function readRunnerHints(snapshot: Snapshot): RunnerHints {
  const parts = [toxIni(snapshot), toxToml(snapshot), hatch(snapshot.pyproject), nox(snapshot), setupPy(snapshot)]
  const found = parts.filter((part) => part !== undefined)
  return {
    groups: found.flatMap(({ groups }) => groups),
    extras: found.flatMap(({ extras }) => extras),
    files: found.flatMap(({ files }) => files),
    requirements: found.flatMap(({ requirements }) => requirements),
  }
}

/** Words that only tox itself can fill in, or that a factor guards. */
const isPlain = (text: string): boolean => !/[{}]/.test(text) && !/^[\w.{},!-]+:\s/.test(text)

function installs(lines: readonly Located[]): Pick<RunnerHints, "files" | "requirements"> {
  const file = (text: string): string | undefined =>
    /^(?:-r|--requirement)[\s=]*(?:\{toxinidir\}\/|\{tox_root\}\/)?([^{}\s]+)$/.exec(text)?.[1]
  return {
    files: lines.flatMap(({ text }) => file(text) ?? []),
    requirements: lines.filter(({ text }) => isPlain(text) && /^[A-Za-z0-9]/.test(text) && !text.includes("://")),
  }
}

function toxIni(snapshot: Snapshot): RunnerHints | undefined {
  const text = snapshot.text("tox.ini")
  if (text === undefined) return undefined
  const ini = readIni(text, "tox.ini")
  const origin = ini.origin("testenv", "deps")
  return {
    groups: plainWords(linesOf(ini, ["testenv", "dependency_groups"])),
    extras: plainWords(linesOf(ini, ["testenv", "extras"])),
    ...installs(linesOf(ini, ["testenv", "deps"]).map((each) => ({ text: each, origin }))),
  }
}

/** The lines of a value, with those of another section where one names it: `{[base]deps}`. */
function linesOf(
  ini: IniDocument,
  at: readonly [section: string, key: string],
  seen: readonly string[] = [],
): readonly string[] {
  const here = at.join("]")
  if (seen.includes(here)) return []
  return listLines(ini.get(...at)).flatMap((line) => {
    const [, other, name] = /^\{\[([^\]]+)\](\w+)\}$/.exec(line) ?? []
    return other === undefined || name === undefined ? [line] : linesOf(ini, [other, name], [...seen, here])
  })
}

/** Words of the lines that hold in every environment. */
function plainWords(lines: readonly string[]): readonly string[] {
  return listWords(lines.filter(isPlain).join("\n"))
}

function toxToml(snapshot: Snapshot): RunnerHints | undefined {
  const text = snapshot.text("tox.toml")
  const document = text === undefined ? snapshot.pyproject : readToml(text, "tox.toml")
  const path = text === undefined ? ["tool", "tox", "env_run_base"] : ["env_run_base"]
  if (document?.get(...path) === undefined) return undefined
  const base = asTable(document.get(...path))
  const origin = document.origin(...path)
  return {
    groups: asStrings(base.dependency_groups),
    extras: asStrings(base.extras),
    ...installs(asStrings(base.deps).map((each) => ({ text: each, origin }))),
  }
}

function hatch(pyproject: TomlDocument | undefined): RunnerHints | undefined {
  const environments = asTable(pyproject?.get("tool", "hatch", "envs"))
  for (const name of TEST_ENVIRONMENTS) {
    const environment = asTable(environments[name])
    const key = ["dependencies", "extra-dependencies", "features", "dependency-groups"].find(
      (each) => environment[each] !== undefined,
    )
    if (pyproject === undefined || key === undefined) continue
    const located = (each: string): readonly Located[] =>
      asStrings(environment[each]).map((text, index) => ({
        text,
        origin: pyproject.origin("tool", "hatch", "envs", name, each, index),
      }))
    return {
      groups: asStrings(environment["dependency-groups"]),
      extras: asStrings(environment.features),
      files: [],
      requirements: [...located("dependencies"), ...located("extra-dependencies")],
    }
  }
  return undefined
}

/** `session.install(...)` of the first session that starts pytest. */
function nox(snapshot: Snapshot): RunnerHints | undefined {
  const text = snapshot.text("noxfile.py")
  const session = text?.split(/^(?=@(?:nox\.)?session)/m).find((part) => /["']pytest["']/.test(part))
  if (text === undefined || session === undefined) return undefined
  const offset = text.indexOf(session)
  const line = text.slice(0, offset).split("\n").length
  const words = [...session.matchAll(/\.install\(([^)]*)\)/g)].flatMap((call) =>
    [...(call[1] ?? "").matchAll(/["']([^"']+)["']/g)].map((match) => match[1] ?? ""),
  )
  const extras = words.flatMap((word) => /^\.\[([^\]]+)\]$/.exec(word)?.[1]?.split(",") ?? [])
  const located = words.map((each) => ({ text: each, origin: { file: "noxfile.py", line } }))
  return {
    groups: [...session.matchAll(/["']--group[= ]([\w.-]+)["']/g)].flatMap((match) => match[1] ?? []),
    extras,
    files: words.flatMap((word, index) => (/^(?:-r|--requirement)$/.test(word) ? (words[index + 1] ?? []) : [])),
    requirements: located.filter(
      ({ text: each }, index) => /^[A-Za-z][\w.-]*(?:[[<>=!~].*)?$/.test(each) && words[index - 1] !== "-r",
    ),
  }
}

function setupPy({ setupPy: setup }: Snapshot): RunnerHints | undefined {
  const list = setup?.strings("tests_require")
  if (setup === undefined || list === undefined) return undefined
  return {
    groups: [],
    extras: [],
    files: [],
    requirements: list.map((text) => ({ text, origin: setup.origin("tests_require") })),
  }
}
