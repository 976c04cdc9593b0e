import type { Container } from "@dagger.io/dagger"
import type { IndexVersion } from "../ports/package-index.js"
import type { InstallOutcome } from "./package-index.js"

/** What installs in a container need. */
export interface ContainerInstallOptions {
  /** Has `uv` at hand and an interpreter; reaches the index. */
  readonly container: Container
  /** Simple pages of the index, seen from the container. */
  readonly simple: string
  /** A value that was never given before. */
  readonly nonce: () => string
}

const VENV = "/tmp/installed"

const IMPORT = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"

/**
 * Installs as a user would: the version itself from this index alone, by hash; what it depends on from where the
 * toolchain takes packages; then imports it.
 */
export function createContainerInstall({ container, simple, nonce }: ContainerInstallOptions) {
  return async ({ project, version, files, imports }: IndexVersion): Promise<InstallOutcome> => {
    const hashes = files.map(({ sha256 }) => `--hash=sha256:${sha256}`).join(" ")
    const pip = ["uv", "pip", "install", "--no-config", "--python", VENV]
    const steps: readonly (readonly string[])[] = [
      ["uv", "venv", "--quiet", VENV],
      [...pip, "--no-cache", "--no-deps", "--require-hashes", "--default-index", simple, "-r", "/tmp/version.txt"],
      [...pip, `${project}==${version}`],
      [`${VENV}/bin/python`, "-I", "-c", IMPORT, ...imports],
    ]
    let made = container
      .withEnvVariable("QUILLON_NONCE", nonce())
      .withNewFile("/tmp/version.txt", `${project}==${version} ${hashes}\n`)
    for (const step of steps) {
      // By name: enumerations of the client are not there at run time (import law).
      const tried = made.withExec([...step], { expect: "ANY" as never })
      if ((await tried.exitCode()) !== 0) return outcomeOf(await tried.stderr())
      made = tried
    }
    return { kind: "installed" }
  }
}

/** What uv prints where nobody answered. */
const SILENCE = /error sending request|Failed to fetch|dns error|timed out|status (client|server) error \(5\d\d/i

function outcomeOf(stderr: string): InstallOutcome {
  const why = stderr.trim().split("\n").at(-1)?.trim() || "it failed without a word"
  return { kind: SILENCE.test(stderr) ? "unreachable" : "failed", why }
}
