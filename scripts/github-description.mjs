// Writes rehearsal/github/description.json: of GitHub's published OpenAPI description (npm: @octokit/openapi, MIT), the
// operations that releases need, without their prose. The package has 400 MB, so it is no dependency.
//     node scripts/github-description.mjs [--check]     --check writes nothing and fails when the file is another one
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const PACKAGE = "@octokit/openapi@23.0.2"

const OPERATIONS = {
  "/repos/{owner}/{repo}": ["get"],
  "/repos/{owner}/{repo}/immutable-releases": ["get"],
  "/repos/{owner}/{repo}/releases": ["get", "post"],
  "/repos/{owner}/{repo}/releases/latest": ["get"],
  "/repos/{owner}/{repo}/releases/tags/{tag}": ["get"],
  "/repos/{owner}/{repo}/releases/{release_id}": ["get", "patch", "delete"],
  "/repos/{owner}/{repo}/releases/{release_id}/assets": ["get", "post"],
  "/repos/{owner}/{repo}/releases/assets/{asset_id}": ["get", "patch", "delete"],
}

/** Keys of the description that no validation needs; a property of that name is an object with a type. */
const PROSE = new Set([
  "description",
  "summary",
  "example",
  "examples",
  "externalDocs",
  "tags",
  "x-github",
  "x-octokit",
])

function fetchDescription() {
  const folder = mkdtempSync(join(tmpdir(), "quillon-description-"))
  try {
    const [{ filename }] = JSON.parse(execFileSync("npm", ["pack", PACKAGE, "--json", "--silent"], { cwd: folder }))
    const member = "package/generated/api.github.com.json"
    execFileSync("tar", ["-xzf", filename, member], { cwd: folder })
    return JSON.parse(readFileSync(join(folder, member), "utf8"))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function trim(whole) {
  const paths = Object.entries(OPERATIONS).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, withoutProse(whole.paths[path][method])])),
  ])
  const { title, version, license } = whole.info
  const trimmed = {
    openapi: whole.openapi,
    info: { title, version, license },
    paths: Object.fromEntries(paths),
    components: {},
  }
  const pending = references(trimmed.paths)
  for (const reference of pending) {
    const [kind, name] = reference.slice("#/components/".length).split("/")
    trimmed.components[kind] ??= {}
    const component = withoutProse(whole.components[kind][name])
    trimmed.components[kind][name] = component
    for (const next of references(component)) pending.add(next)
  }
  return trimmed
}

function references(value) {
  return new Set([...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference))
}

function withoutProse(value) {
  if (Array.isArray(value)) return value.map(withoutProse)
  if (typeof value !== "object" || value === null) return value
  const kept = Object.entries(value).filter(([key, inner]) => !PROSE.has(key) || inner?.type !== undefined)
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutProse(inner)]))
}

const file = join(dirname(dirname(fileURLToPath(import.meta.url))), "rehearsal/github/description.json")
const text = `${JSON.stringify(trim(fetchDescription()))}\n`
if (!process.argv.includes("--check")) writeFileSync(file, text)
else if (readFileSync(file, "utf8") !== text) {
  console.error(
    `rehearsal/github/description.json is not what ${PACKAGE} says; run: node scripts/github-description.mjs`,
  )
  process.exitCode = 1
}
