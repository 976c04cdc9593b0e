/** The part of conventional-changelog-core 9 that is used; the package has no types of its own. */
declare module "conventional-changelog-core" {
  import type { Readable } from "node:stream"

  // biome-ignore lint/style/noDefaultExport: the package's own export
  export default function conventionalChangelog(
    options: Readonly<Record<string, unknown>>,
    context: Record<string, unknown>,
    gitRawCommitsOptions: Readonly<Record<string, unknown>>,
    parserOptions: Readonly<Record<string, unknown>>,
    writerOptions: Readonly<Record<string, unknown>>,
  ): Readable
}
