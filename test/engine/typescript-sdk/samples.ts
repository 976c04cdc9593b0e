import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { writeFiles } from "../../write-files.js"

/** Writes modules into a new folder, which is no repository of anybody's; gives the folder. */
export async function writeModules(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quillon-modules-"))
  await writeFiles(folder, files)
  return folder
}

/** The dagger.json of a TypeScript module. */
export function moduleConfig(name: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ name, engineVersion: "v0.21.7", sdk: { source: "typescript" }, ...more })
}

/** A module that others use: folders in, folders out. */
export const NOTES = {
  "notes/dagger.json": moduleConfig("notes"),
  "notes/src/index.ts": `import { dag, type Directory, func, object } from "@dagger.io/dagger"

/** Notes in folders. */
@object()
export class Notes {
  /** Names what is in a folder. */
  @func()
  async names(source: Directory): Promise<string[]> {
    return source.entries()
  }

  @func()
  write(text: string): Directory {
    return dag.directory().withNewFile("note.txt", text)
  }
}
`,
}

/** A module with npm dependencies, one of them a folder of its own, an enum, a secret, checks and a module. */
export const RICH = {
  "rich/dagger.json": moduleConfig("rich", { dependencies: [{ name: "notes", source: "../notes" }] }),
  "rich/package.json": JSON.stringify({
    type: "module",
    dependencies: { typescript: "5.9.3", semver: "7.6.0", greet: "file:./vendor/greet" },
  }),
  "rich/vendor/greet/package.json": '{ "name": "greet", "version": "1.0.0", "type": "module", "main": "index.js" }',
  "rich/vendor/greet/index.js": `export const greet = (name) => \`greetings \${name}\`\n`,
  "rich/src/index.ts": `import { check, dag, func, object, type Secret } from "@dagger.io/dagger"
import semver from "semver"
import { greet } from "greet"
import { Level } from "./level.js"

@object()
export class Rich {
  @func()
  level: Level

  constructor(level: Level = Level.Low) {
    this.level = level
  }

  /** Raises a version. */
  @func()
  raise(version = "1.0.0", by = 1): string {
    const steps = Array.from({ length: by })
    return \`\${greet(steps.reduce<string>((now) => semver.inc(now, "minor") ?? now, version))} \${this.level}\`
  }

  @func()
  async through(): Promise<string[]> {
    return dag.notes().names(dag.notes().write("x"))
  }

  @func()
  async length(secret: Secret): Promise<number> {
    return (await secret.plaintext()).length
  }

  @func()
  @check()
  fine(): void {}

  @func()
  @check()
  wrong(): void {
    throw new Error("this is wrong")
  }
}
`,
  "rich/src/level.ts": `export enum Level {
  Low = "low",
  High = "high",
}
`,
}

/** A module whose dependencies another package manager installs. */
export function managedModule(manager: string): Readonly<Record<string, string>> {
  return {
    "managed/dagger.json": moduleConfig("managed"),
    "managed/package.json": JSON.stringify({
      type: "module",
      packageManager: manager,
      dependencies: { typescript: "5.9.3", semver: "7.6.0" },
    }),
    "managed/src/index.ts": `import { func, object } from "@dagger.io/dagger"
import semver from "semver"

@object()
export class Managed {
  @func()
  clean(version: string): string {
    return semver.clean(version) ?? ""
  }
}
`,
  }
}
