import { existsSync } from "node:fs"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { pinOf } from "../../src/toolchain/tools.js"
import { mustRun, type Place } from "../clock.js"

/** What the rivals need, by exact version; `uv` is the one that the pipeline uses. */
export const RIVAL_TOOLS = [pinOf("uv"), "nox==2026.10.20", "tox==4.67.15", "tox-uv==1.37.1"]

/** Installs the rivals into a virtual environment below the folder, once, and gives its `bin`. */
export async function installRivals(folder: string, place: Place): Promise<string> {
  const venv = join(folder, `rivals-${RIVAL_TOOLS.join("-").replaceAll("==", "-")}`)
  const bin = join(venv, "bin")
  if (existsSync(join(bin, "tox")) && existsSync(join(bin, "nox"))) return bin
  await rm(venv, { recursive: true, force: true })
  await mustRun(["python3", "-m", "venv", venv], place)
  await mustRun([join(bin, "python"), "-m", "pip", "install", "--quiet", ...RIVAL_TOOLS], place)
  return bin
}
