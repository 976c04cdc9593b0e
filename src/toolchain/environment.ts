import type { Container, ReturnType } from "@dagger.io/dagger"
import { VENV_PATH } from "./paths.js"
import type { EnvironmentSpec } from "./toolchain.js"
import { planTools } from "./tools.js"
import { type UvPorts, uvInstall, withoutUv, withUv } from "./uv.js"

/** Where files to install from are mounted; they are gone from the finished container. */
const IN = "/.quillon/in"

/**
 * Installs into the virtual environment of a prepared container: what changes rarely first, one step for each of
 * tools, requirements and wheel, so that an edit of the project repeats the last of them alone.
 */
export function environmentOf(prepared: Container, spec: EnvironmentSpec, uv: UvPorts): Container {
  const install = (made: Container, what: readonly string[]) => made.withExec(uvInstall(what))
  let container = withUv(prepared, uv)
  const { locked, unlocked } = planTools(spec.tools ?? [])
  if (locked !== undefined) {
    const file = `${IN}/tools.txt`
    container = install(container.withNewFile(file, locked), ["--no-deps", "--require-hashes", "-r", file])
    container = container.withoutFile(file)
  }
  if (unlocked.length > 0) container = install(container, unlocked)
  if (spec.requirements !== undefined) {
    const file = `${IN}/requirements.txt`
    const { directory, path } = spec.requirements
    container = container.withMountedFile(file, directory.file(path))
    container = install(container, ["--no-deps", "--require-hashes", "-r", file]).withoutMount(file)
  }
  if (spec.warmUp !== undefined) {
    const python = [`${VENV_PATH}/bin/python`, ...spec.warmUp]
    container = container.withExec(python, { expect: "ANY" as ReturnType })
  }
  if (spec.wheel !== undefined) {
    const { directory, path } = spec.wheel
    const file = `${IN}/${path.split("/").at(-1)}`
    container = container.withMountedFile(file, directory.file(path))
    container = install(container, ["--no-deps", "--no-index", "--reinstall", file]).withoutMount(file)
  }
  return (spec.uv ? container : withoutUv(container, uv))
    .withEnvVariable("VIRTUAL_ENV", VENV_PATH)
    .withEnvVariable("PATH", `${VENV_PATH}/bin:\${PATH}`, { expand: true })
}
