import type { Container, Directory } from "@dagger.io/dagger"
import { RUNTIME_PY, SUPERVISE_PY } from "./assets.js"

/**
 * The folder from which the supervisor runs in any container of the same machine architecture, whatever its image
 * holds: interpreter, what it imports of the standard library, shared libraries, and the dynamic loader.
 *
 * @param interpreter a container with `python3` 3.9 or newer on PATH, dynamically linked.
 */
export function supervisorRuntime(interpreter: Container): Directory {
  return interpreter
    .withNewFile("/.quillon/make/supervise.py", SUPERVISE_PY)
    .withNewFile("/.quillon/make/runtime.py", RUNTIME_PY)
    .withExec(["python3", "-I", "/.quillon/make/runtime.py", "/.quillon/make/supervise.py", "/.quillon/runtime"])
    .directory("/.quillon/runtime")
}
