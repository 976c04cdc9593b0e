import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { type DebianSource, debianSource } from "./debian.js"
import type { Run } from "./process.js"

/** Finds out how this host gets Debian's packages. */
export async function readDebianSource(run: Run): Promise<DebianSource> {
  const folder = "/etc/apt/sources.list.d"
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(list|sources)$/.test(name))
  const files = ["/etc/apt/sources.list", ...names.map((name) => join(folder, name))]
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")))
  const config = await run(["apt-config", "dump"], { onFailure: "result" })
  return debianSource(texts.join("\n"), config.stdout)
}
