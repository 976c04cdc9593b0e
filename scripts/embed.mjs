// Writes the Python programs of src/*/python/*.py into src/*/assets.ts, and the templates of ci/*.yml into
// cli/wrappers/templates.ts, as string constants, because the Dagger module, the bundle and the package must all carry
// them. `--check` writes nothing and fails when a file is not up to date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** Folders below src/ that hold programs to embed. */
export function foldersWithPrograms(root) {
  return readdirSync(join(root, "src"))
    .filter((name) => existsSync(join(root, "src", name, "python")))
    .sort()
}

/** The text of `src/<folder>/assets.ts` as it has to be. */
export function renderAssets(root, folder) {
  const programs = readdirSync(join(root, "src", folder, "python"))
    .filter((name) => name.endsWith(".py"))
    .sort()
  const constants = programs.map((name) => {
    const text = readFileSync(join(root, "src", folder, "python", name), "utf8")
    return constant(`The program \`python/${name}\`.`, `${basename(name, ".py")}_PY`, text)
  })
  return `// Generated from python/*.py by scripts/embed.mjs; change those and run it again.\n\n${constants.join("\n")}`
}

/** The text of `cli/wrappers/templates.ts` as it has to be. */
export function renderTemplates(root) {
  const templates = readdirSync(join(root, "ci"))
    .filter((name) => name.endsWith(".yml"))
    .sort()
  const constants = templates.map((name) => {
    const text = readFileSync(join(root, "ci", name), "utf8")
    return constant(`The template \`ci/${name}\`.`, `${basename(name, ".yml")}_YML`, text)
  })
  const ignored = "// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of GitHub's."
  return `// Generated from ci/*.yml by scripts/embed.mjs; change those and run it again.\n${ignored}\n\n${constants.join("\n")}`
}

function constant(meaning, name, text) {
  return `/** ${meaning} */\nexport const ${name.toUpperCase().replaceAll("-", "_")} =\n  ${quote(text)}\n`
}

/** A string literal as the formatter writes it: in the quotes that need fewer escapes. */
function quote(text) {
  const literal = JSON.stringify(text)
  if (text.split('"').length <= text.split("'").length) return literal
  return `'${literal.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** Each generated file with its text and what it is made from. */
function embedded(root) {
  return [
    ...foldersWithPrograms(root).map((folder) => ({
      file: `src/${folder}/assets.ts`,
      from: `src/${folder}/python`,
      text: renderAssets(root, folder),
    })),
    { file: "cli/wrappers/templates.ts", from: "ci", text: renderTemplates(root) },
  ]
}

function main(root, check) {
  for (const { file, from, text } of embedded(root)) {
    const path = join(root, file)
    if (existsSync(path) && readFileSync(path, "utf8") === text) continue
    if (check) {
      console.error(`${file} is not what ${from} says; run: node scripts/embed.mjs`)
      process.exitCode = 1
    } else {
      writeFileSync(path, text)
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(dirname(dirname(fileURLToPath(import.meta.url))), process.argv.includes("--check"))
}
