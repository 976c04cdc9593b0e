// Writes the Python programs of src/*/python/*.py into src/*/assets.ts as string constants, because the Dagger module,
// the bundle and the package must all carry them. `--check` writes nothing and fails when a file is not up to date.
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
    const constant = basename(name, ".py").toUpperCase().replaceAll("-", "_")
    return `/** The program \`python/${name}\`. */\nexport const ${constant}_PY =\n  ${quote(text)}\n`
  })
  return `// Generated from python/*.py by scripts/embed.mjs; change those and run it again.\n\n${constants.join("\n")}`
}

/** A string literal as the formatter writes it: in the quotes that need fewer escapes. */
function quote(text) {
  const literal = JSON.stringify(text)
  if (text.split('"').length <= text.split("'").length) return literal
  return `'${literal.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function main(root, check) {
  for (const folder of foldersWithPrograms(root)) {
    const file = join(root, "src", folder, "assets.ts")
    const text = renderAssets(root, folder)
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue
    if (check) {
      console.error(`src/${folder}/assets.ts is not what src/${folder}/python says; run: node scripts/embed.mjs`)
      process.exitCode = 1
    } else {
      writeFileSync(file, text)
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(dirname(dirname(fileURLToPath(import.meta.url))), process.argv.includes("--check"))
}
