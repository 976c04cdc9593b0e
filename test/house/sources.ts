import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import ts from "typescript"

const ROOT = join(import.meta.dirname, "../..")

/** One of this repository's own TypeScript files. */
export interface SourceFile {
  /** Relative to the root, `/` as separator. */
  readonly path: string
  readonly text: string
}

/** All TypeScript files below the folders. */
export function sourcesBelow(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.parentPath.includes("node_modules"))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: relative(ROOT, path).split(sep).join("/"), text: readFileSync(path, "utf8") })),
  )
}

/** What a file imports, resolved against the root where it is relative; `types` when nothing is left at run time. */
export interface Import {
  readonly target: string
  readonly types: boolean
}

/** Reads the imports and re-exports of a file from its syntax tree. */
export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const found: Import[] = []
  const add = (target: string, types: boolean) =>
    found.push({
      target: target.startsWith(".") ? join(path, "..", target).split(sep).join("/") : target,
      types,
    })
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, isTypeOnly(node.importClause))
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.isTypeOnly)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false)
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { name, namedBindings } = clause
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.every((element) => element.isTypeOnly)
}
