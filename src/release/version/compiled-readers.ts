import { asString, asStrings, asTable, type TomlDocument } from "../../project/toml.js"
import { join } from "../../project/tree.js"
import type { ReaderSpec } from "./backend-reader.js"

/** `version:` among the arguments of `project()` in `meson.build`. */
const MESON = String.raw`^\s*project\s*\([^)]*?\bversion\s*:\s*'(?P<version>[^']+)'`

/** scikit-build-core's own default, whose group is called otherwise. */
const SCIKIT = `^(?:__version__|VERSION)(?: ?: ?str)? *= *['"]v?(?P<version>.+?)['"]`

/** Where the backends of compiled projects read a version that is dynamic: maturin, meson-python, scikit-build-core. */
export function compiledReaders(document: TomlDocument): readonly ReaderSpec[] {
  if (!asStrings(document.get("project", "dynamic")).includes("version")) return []
  const backend = asString(document.get("build-system", "build-backend")) ?? ""
  if (/^maturin\b/.test(backend)) return [maturin(document)]
  if (/^mesonpy\b/.test(backend)) {
    return [{ files: ["meson.build"], how: { kind: "pattern", pattern: MESON }, says: "the backend meson-python" }]
  }
  return /^scikit_build_core\b/.test(backend) ? scikit(document) : []
}

function maturin(document: TomlDocument): ReaderSpec {
  const manifest = asString(document.get("tool", "maturin", "manifest-path")) ?? "Cargo.toml"
  return {
    files: [join("", manifest)],
    how: { kind: "toml", path: ["package", "version"] },
    says: "the backend maturin",
  }
}

function scikit(document: TomlDocument): readonly ReaderSpec[] {
  const { provider, input, regex } = asTable(document.get("tool", "scikit-build", "metadata", "version"))
  const file = asString(input)
  if (provider !== "scikit_build_core.metadata.regex" || file === undefined) return []
  const pattern = asString(regex)?.replaceAll("(?P<value>", "(?P<version>") ?? SCIKIT
  return [
    { files: [join("", file)], how: { kind: "pattern", pattern }, says: "[tool.scikit-build.metadata.version] input" },
  ]
}
