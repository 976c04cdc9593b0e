import type { Container, File } from "@dagger.io/dagger"
import { DAY } from "../pipeline/cache-policy.js"
import type { StageContext } from "../pipeline/stage.js"
import type { BuildFacts } from "../project/project.js"
import { BUILD_ENVIRONMENT_PY, LOCK_BUILD_PY } from "./assets.js"
import { withProgram } from "./container-files.js"

/** Where the backend's environment lies; the ordinary user may create it. */
export const BUILD_ENVIRONMENT = "/home/quillon/build-environment"

const LOCK = "/tmp/build-lock.json"

/**
 * Gives a container the environment in which the backend runs: what `[build-system] requires` asks for, resolved to hashes
 * once a day and installed in layers of its own, so that an edit of the project repeats neither.
 *
 * @param base a container with `uv` at hand.
 */
export function withBuildEnvironment(base: Container, ctx: StageContext, build: BuildFacts): Container {
  const lock = lockOf(base, ctx, build)
  const maker = withProgram(
    withProgram(base, { name: "lock_build.py", text: LOCK_BUILD_PY }).container.withMountedFile(LOCK, lock),
    { name: "build_environment.py", text: BUILD_ENVIRONMENT_PY },
  )
  return maker.container.withExec(["python", maker.path, LOCK, BUILD_ENVIRONMENT]).withoutMount(LOCK)
}

/** A file is known by its content: a lock that says the same a day later repeats nothing. */
function lockOf(base: Container, ctx: StageContext, build: BuildFacts): File {
  const { buildRequirements: requirements } = ctx
  if (requirements !== undefined) {
    // To the byte what lock_build.py writes, so that an engine that built with it builds nothing again.
    const text = `{"exit": 0, "output": "", "requirements": ${JSON.stringify(requirements)}}\n`
    return ctx.dag.directory().withNewFile("lock.json", text).file("lock.json")
  }
  const { container, path } = withProgram(ctx.observed(base, DAY), { name: "lock_build.py", text: LOCK_BUILD_PY })
  return container.withExec(["python", path, ...build.requires], { redirectStdout: LOCK }).file(LOCK)
}
