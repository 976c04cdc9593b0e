import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { discardsState, setStateAside } from "../../engine/discarded-state.js"
import { enginePaths } from "../../engine/paths.js"

const START = `time="2026-11-24T15:48:06Z" level=info msg="engine name: quillon-28df97dc"
time="2026-11-24T15:48:45Z" level=info msg="auto snapshotter: using overlayfs"
`
const AFTER_A_KILL = `${START}time=2026-11-24T15:48:45.645Z level=WARN msg="dagql persistence store marked unclean; wiping and cold-starting" cleanShutdown=0
time=2026-11-24T15:48:45.670Z level=WARN msg="local cache state invalid; resetting worker and dagql persistence state" reason=dagql_unclean_shutdown error=<nil>
`

test("an engine that was killed says at its start that it deletes its layers; one that was stopped does not", () => {
  expect(discardsState(AFTER_A_KILL)).toBe(true)
  expect(
    discardsState(`${START}time="2026-11-24T15:48:46Z" level=info msg="running server on /run/dagger/engine.sock"`),
  ).toBe(false)
  expect(discardsState("")).toBe(false)
})

test("a killed engine's state is moved aside, each time under a name of its own", async () => {
  const home = await mkdtemp(join(tmpdir(), "quillon-state-"))
  try {
    const paths = enginePaths({ XDG_CACHE_HOME: home })
    for (const layer of ["first", "second"]) {
      await mkdir(join(paths.state, "dagger"), { recursive: true })
      await writeFile(join(paths.state, "dagger", layer), "")
      await setStateAside(paths)
    }
    const names = await readdir(paths.state)
    expect(names).toHaveLength(2)
    const kept = await Promise.all(names.map((name) => readdir(join(paths.state, name))))
    expect(kept.flat().sort()).toEqual(["first", "second"])
  } finally {
    await rm(home, { recursive: true })
  }
})
