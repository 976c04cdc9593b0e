import { createHash, randomUUID } from "node:crypto"
import { mkdirSync, readFileSync, readSync, writeSync } from "node:fs"
import { fateOf, releaseHolder } from "../../../../cli/release/release-holder.js"
import { isProcessAlive } from "../../../../rehearsal/process-alive.js"
import { executeRelease } from "../../../../src/release/execute/execute-release.js"
import type { ReleaseWorld } from "../../../../src/release/execute/world.js"
import type { Built } from "../../../../src/release/journal/schema.js"
import { createGitJournals } from "../../../../src/targets/git/git-journals.js"
import { createGitRemote } from "../../../../src/targets/git/git-remote.js"
import { createGitHubForge } from "../../../../src/targets/github/github-forge.js"
import { createAsk } from "../../../../src/targets/http/exchange.js"
import { createPackageIndex } from "../../../../src/targets/index/package-index.js"
import { createHostGit } from "../../../targets/git/host-git.js"
import { uploadHere } from "../../../targets/index/upload-here.js"
import type { CarryOutOrder } from "./order.js"

// A process of its own that carries a release out on servers that others hold, so that it can be killed from outside.
const order = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as CarryOutOrder
const { plan, index, github } = order
const { semver: version, tag } = plan.version
const ask = createAsk(fetch)

/** What is built is the same on every machine, as wheels and sdists are. */
const CONTENTS = {
  "engine-1.3.0-py3-none-any.whl": ["wheel", "the wheel"],
  "engine-1.3.0.tar.gz": ["sdist", "the sdist"],
} as const
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex")
const texts = new Map<string, string>(Object.values(CONTENTS).map(([, text]) => [sha256(text), text]))
const built: Built = {
  artifacts: Object.entries(CONTENTS).map(([name, [kind, text]]) => ({
    kind,
    name,
    sha256: sha256(text),
    size: text.length,
  })),
  image: null,
  imports: ["engine"],
  allowed: [],
}

mkdirSync(order.folder, { recursive: true })
const git = createHostGit({ ...order.git, folder: order.folder })
const bytes = (digest: string) => texts.get(digest) ?? ""
// Waiting takes no time here: an index's pages may lag for minutes.
let skipped = 0
const self = releaseHolder({}, { id: randomUUID(), pid: process.pid })
const world: ReleaseWorld = {
  targets: {
    git: createGitRemote(git),
    journals: createGitJournals(git),
    testIndex: null,
    index: createPackageIndex({
      ask,
      endpoints: {
        name: "pypi",
        upload: `${index.origin}/legacy/`,
        simple: { fromHere: `${index.origin}/simple/`, fromEngine: "" },
        page: (project) => `${index.origin}/simple/${project}/`,
      },
      token: async () => ({ kind: "token", token: index.token }),
      upload: uploadHere(ask, `${index.origin}/legacy/`, bytes),
      install: async () => ({ kind: "installed" }),
    }),
    image: null,
    forge: createGitHubForge({
      ask,
      api: github.api,
      repository: github.repository,
      token: async () => github.token,
      bytes: async (digest) => new TextEncoder().encode(bytes(digest)),
    }),
    deployments: [],
  },
  workshop: { build: async () => ({ kind: "built", built }), bring: async () => ({ kind: "at-hand" }) },
  clock: {
    now: () => Date.now() + skipped,
    async sleep(milliseconds) {
      skipped += milliseconds
    },
  },
  random: Math.random,
  nonce: randomUUID,
  holder: self,
  fateOf: async (holder) => fateOf(holder, { self, isAlive: isProcessAlive }),
  emit(event) {
    if (event.kind !== "step-started" || event.step.id !== order.pauseAt) return
    writeSync(1, "paused\n")
    waitForLine()
  },
  patience: { seconds: 900, attempts: 5 },
  signal: new AbortController().signal,
}

/** Events are told without waiting, so that this waits where it stands. */
function waitForLine(): void {
  for (;;) {
    try {
      readSync(0, Buffer.alloc(1))
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

const what =
  order.kind === "start"
    ? ({ kind: "start", plan } as const)
    : ({ kind: "resume", version, tag, take: "free" } as const)
const end = await executeRelease(what, world)
writeSync(1, `${JSON.stringify(end)}\n`)
