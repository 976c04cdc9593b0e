import { expect, test } from "vitest"
import { refuseRehearsal } from "../../../src/door/release/module-calls.js"
import { releaseLines } from "../../../src/door/release/module-text.js"
import { tell } from "../../../src/door/tell.js"
import type { ReleaseEvent } from "../../../src/release/execute/event.js"
import type { ReleaseEnd } from "../../../src/release/execute/release-end.js"
import type { Step } from "../../../src/release/plan/schema.js"

const step: Step = { id: "index", title: "Upload", target: "pypi", effect: "permanent", writes: [] }

test.each<[ReleaseEvent | ReleaseEnd, readonly string[]]>([
  [
    {
      kind: "act-finished",
      step,
      receipt: { act: "a", outcome: "done", what: "x.whl", where: "pypi", link: "https://x" },
    },
    ["  pypi: x.whl  https://x"],
  ],
  [
    { kind: "act-finished", step, receipt: { act: "a", outcome: "already-done", what: "x.whl", where: "pypi" } },
    ["  pypi: x.whl  already-done"],
  ],
  [{ kind: "step-started", step }, []],
  [
    {
      kind: "trouble",
      trouble: { target: "pypi", what: "no token", next: "quillon status v1", kind: "wrong" },
    },
    ["  wrong: pypi: no token (dagger call status v1)"],
  ],
  [{ kind: "released", version: "1.3.0", receipts: [] }, ["released 1.3.0: every target was seen to have it"]],
  [
    { kind: "held", holder: { kind: "job", id: "x", url: "https://ci/9" }, written: "today", fate: "unknown" },
    [
      "held by https://ci/9, who wrote last at today",
      "  next: dagger call release --take-over, once you know that it has ended",
    ],
  ],
  [
    { kind: "stopped", step: "index", stop: { kind: "burnt", detail: "x.whl was used" }, permanent: true },
    [
      "burnt at index, after the push: x.whl was used",
      '  next: quillon release --abandon --because "…", then the next version',
    ],
  ],
])("%j tells a caller of the module what he can type", (told, lines) => {
  expect(releaseLines(told)).toEqual(lines)
})

test("a rehearsal is refused in one line, with what to type instead", async () => {
  await expect(tell(refuseRehearsal)).rejects.toThrow(
    /^a rehearsal keeps its servers and their state on your machine, where a module can't put them\n {2}next: quillon release --rehearse$/,
  )
})
