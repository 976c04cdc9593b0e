import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, rename, rm, writeFile } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"

/** uv, as a requirement with hashes for Linux on both architectures. */
export const UV: readonly string[] = [
  "uv==0.13.2 --hash=sha256:87a83767ed1f8f90b4d7b19201ec265b52ab6ddf2bf1f2f93443b0be927e66c6" +
    " --hash=sha256:99e5bcc7db23e6a912eb424ca27e708acaea0eebd39991361fd563d83e0befbf",
]

/** Where tests keep what they downloaded. */
export function testCache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "quillon-tests")
}

/** A virtual environment of the host's python3 with pinned, hashed packages; made once, and made whole. */
export async function pythonVenv(requirements: readonly string[]): Promise<{ readonly bin: string }> {
  const text = `${requirements.join("\n")}\n`
  const key = createHash("sha256").update(text).digest("hex").slice(0, 16)
  const folder = join(testCache(), `venv-${key}`)
  const ready = join(folder, "ready")
  if (!existsSync(ready)) {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await execa("python3", ["-m", "venv", folder])
    const file = join(folder, "requirements.txt")
    await writeFile(file, text)
    const install = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", file]
    await execa(join(folder, "bin/python"), install)
    await writeFile(`${ready}.new`, "")
    await rename(`${ready}.new`, ready)
  }
  return { bin: join(folder, "bin") }
}
