import type { ProjectFiles } from "../../src/project/files.js"

/** A project held in memory: path to text. Files under `ignored` can be read but are not listed, as with `.gitignore`. */
export function memoryFiles(
  files: Readonly<Record<string, string>>,
  ignored: Readonly<Record<string, string>> = {},
): ProjectFiles {
  return {
    read: async (path) => files[path] ?? ignored[path],
    list: async () =>
      Object.keys(files)
        .filter((path) => !path.startsWith("../"))
        .sort(),
  }
}
