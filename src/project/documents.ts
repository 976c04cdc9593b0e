import { listLines } from "./ini.js"
import { PythonCode } from "./python-literals.js"
import type { Snapshot } from "./snapshot.js"
import { asStrings, asTable } from "./toml.js"

/** Files that the metadata names, README and licences, as patterns. */
export function documents(snapshot: Snapshot): readonly string[] {
  const { pyproject, setupCfg, setupPy } = snapshot
  const readme = pyproject?.get("project", "readme")
  const license = asTable(pyproject?.get("project", "license"))
  const description = setupPy?.get("long_description")
  return [
    ...asStrings(readme),
    ...asStrings(asTable(readme).file),
    ...asStrings(license.file),
    ...asStrings(pyproject?.get("project", "license-files")),
    ...asStrings(asTable(pyproject?.get("project", "license-files")).paths),
    ...asStrings(asTable(pyproject?.get("project", "license-files")).globs),
    ...asStrings(pyproject?.get("tool", "poetry", "readme")),
    ...asStrings(pyproject?.get("tool", "flit", "metadata", "description-file")),
    ...dynamicFiles(pyproject?.get("tool", "setuptools", "dynamic")),
    ...listLines(
      setupCfg
        ?.get("metadata", "long_description")
        ?.replace(/^file:/, "")
        .replaceAll(",", "\n"),
    ),
    ...(description instanceof PythonCode ? snapshot.paths.filter((path) => /^README[^/]*$/i.test(path)) : []),
  ].map((path) => path.replace(/^\.\//, ""))
}

/** `[tool.setuptools.dynamic]` entries that read files. */
function dynamicFiles(dynamic: unknown): readonly string[] {
  return Object.values(asTable(dynamic)).flatMap((entry) => asStrings(asTable(entry).file))
}
