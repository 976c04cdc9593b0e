import type { Client, Container, Secret } from "@dagger.io/dagger"
import { PACKAGES_PY } from "./assets.js"
import { environmentOf } from "./environment.js"
import { chooseDefaultPython, pythonImage } from "./images.js"
import { supervisorRuntime } from "./runtime.js"
import type { ToolchainSettings } from "./settings.js"
import type { EnvironmentSpec, Toolchain } from "./toolchain.js"
import { auditwheelFor } from "./tools.js"
import { withOrdinaryUser } from "./user.js"
import { type IndexPorts, type UvPorts, uvBinary, withUv } from "./uv.js"

/** Salts the set-up steps, because the engine remembers one that failed like one that did not. */
const SALT = "QUILLON_SETUP"

/** What a toolchain is made of. */
export interface ToolchainOptions {
  readonly dag: Client
  readonly settings: ToolchainSettings
  /** Interpreters of the project as `X.Y`, ascending; the default one is chosen among them where it is not given. */
  readonly interpreters?: readonly string[]
  /** Interpreter of what has no matrix, as `X.Y`. */
  readonly defaultPython?: string
  /** Debian packages that every container gets. */
  readonly apt?: readonly string[]
  /** A value that was never used: no set-up step comes from the cache. */
  readonly nonce?: string
  /** A secret by the name that the settings give it; a variable of the client's environment when absent. */
  readonly secret?: (name: string) => Secret
}

/** A C compiler and what building extension modules needs besides. */
const COMPILER = ["gcc", "g++", "make", "libc6-dev", "pkg-config"]

/** Makes the toolchain of one attempt. Lazy: the engine does nothing until a command is read. */
export function createToolchain(options: ToolchainOptions): Toolchain {
  const { dag, settings, interpreters = [], apt = [], nonce } = options
  const secret = options.secret ?? ((name) => dag.secret(`env://${name}`))
  const defaultPython = options.defaultPython ?? chooseDefaultPython(settings, interpreters)
  const image = (version: string): Container => {
    const container = dag.container().from(pythonImage(settings, version))
    return nonce === undefined ? container : container.withEnvVariable(SALT, nonce)
  }
  const finished = (container: Container) => (nonce === undefined ? container : container.withoutEnvVariable(SALT))
  const indexes: IndexPorts = { dag, index: settings.index, secret }
  const uv: UvPorts = { ...indexes, binary: uvBinary(image(defaultPython), indexes) }
  const prepared = (version: string, packages: readonly string[] = []) =>
    withOrdinaryUser(withPackages(image(version), [...packages, ...apt]))
  return {
    defaultPython,
    supervisor: supervisorRuntime(image(defaultPython)),
    python: (version) => finished(withUv(prepared(version), uv)),
    runtime: (version) => finished(prepared(version)),
    environment: (spec) => finished(environmentOf(prepared(spec.python, spec.apt), spec, uv)),
    builder: (version, tools = []) => {
      const spec: EnvironmentSpec = { python: version, tools: [auditwheelFor(version), ...tools], uv: true }
      return finished(environmentOf(prepared(version, ["--headers", ...COMPILER]), spec, uv))
    },
  }
}

function withPackages(interpreter: Container, packages: readonly string[]): Container {
  if (packages.length === 0) return interpreter
  return interpreter
    .withNewFile("/.quillon/make/packages.py", PACKAGES_PY)
    .withExec(["python3", "-I", "/.quillon/make/packages.py", ...packages])
    .withoutFile("/.quillon/make/packages.py")
}
