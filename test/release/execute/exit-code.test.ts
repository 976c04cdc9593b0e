import { expect, it } from "vitest"
import type { ActStop } from "../../../src/release/execute/act-end.js"
import { exitCodeOfRelease } from "../../../src/release/execute/exit-code.js"
import type { ReleaseEnd } from "../../../src/release/execute/release-end.js"

const trouble = { target: "pypi", what: "no token", next: "give one" }
const stopped = (stop: ActStop): ReleaseEnd => ({ kind: "stopped", step: "index", stop, permanent: true })
const failed = (blame: "release" | "surroundings") => stopped({ kind: "failed", why: "", next: "", blame })

it.each<[string, ReleaseEnd, number]>([
  ["finished", { kind: "released", version: "1.3.0", receipts: [] }, 0],
  ["finished before", { kind: "already-released", version: "1.3.0", receipts: [] }, 0],
  ["refused for what is wrong", { kind: "refused", troubles: [{ ...trouble, kind: "wrong" }] }, 1],
  ["refused for what could not be seen", { kind: "refused", troubles: [{ ...trouble, kind: "unseen" }] }, 2],
  ["withdrawn", { kind: "withdrawn", why: "", next: "", cause: "moved" }, 1],
  ["in conflict", stopped({ kind: "conflict", detail: "" }), 1],
  ["burnt", stopped({ kind: "burnt", detail: "" }), 1],
  ["waiting", stopped({ kind: "waiting", until: "" }), 2],
  ["taken over", stopped({ kind: "unheld", why: "" }), 2],
  ["wrong itself", failed("release"), 1],
  ["without a credential", failed("surroundings"), 2],
])("a release that is %s ends with its code", (_, end, code) => {
  expect(exitCodeOfRelease(end)).toBe(code)
})
