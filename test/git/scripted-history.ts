import type { ScriptedCommit } from "./repository.js"

/** A history to be made up: the same seed gives the same history. */
export interface HistorySpec {
  readonly seed: number
  readonly commits: number
  /** Leaves out what tools differ on by purpose: reverts. */
  readonly plain?: true
  /** Version of the first tag; `1.0.0` when absent. */
  readonly first?: string
}

const TYPES = ["feat", "fix", "fix", "docs", "chore", "perf", "refactor", "test", "ci", "build", "style"]
const SCOPES = ["", "", "(api)", "(core)", "(größe)", "(io, net)"]
const SUBJECTS = [
  "add streams",
  "handle `__init__`",
  "keep order of *args",
  "größer als vorher → 日本",
  "close files (#12)",
]
const BODIES = [
  "",
  "",
  "\n\nA body\nof two lines.",
  "\r\n\r\nWith CRLF.\r\n\r\nCloses #34\r\n",
  "\n\nReviewed-by: Zoë <z@example.org>\nRefs: #5",
]
const AUTHORS = ["Ada", "Zoë", "李"]

/** Makes up a history with features, fixes, merges, breaking changes, odd commits and tags of rising versions. */
export function scriptedHistory({ seed, commits, plain, first = "1.0.0" }: HistorySpec): readonly ScriptedCommit[] {
  const random = generator(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const script: ScriptedCommit[] = [{ message: "chore: begin", tags: [`v${first}`] }]
  let version = first.split(".").map(Number)
  while (script.length < commits) {
    const author = pick(AUTHORS)
    const chance = random()
    const at = script.length
    const previous = script[at - 1]
    if (chance < 0.05 && at > 3) {
      script.push({ message: `${pick(TYPES)}: on a branch${pick(BODIES)}`, author, parents: [at - 2] })
      script.push({ message: "Merge branch 'topic'\n\nTopic of the week", author, parents: [at - 1, at] })
    } else if (chance < 0.1 && !plain && previous !== undefined && !previous.parents && !previous.tags) {
      const subject = previous.message.split(/\r?\n/)[0]
      script.push({ message: `Revert "${subject}"\n\nThis reverts commit {hash:${at - 1}}.`, author })
    } else if (chance < 0.15) {
      script.push({ message: pick(["Tidy up", "WIP", "Fix it later"]) + pick(BODIES), author })
    } else if (chance < 0.2) {
      script.push({
        message: `chore(release): next\n`,
        author,
        tags: [`v${raise(version, pick([0, 1, 2])).join(".")}`],
      })
    } else {
      const breaks = random() < 0.03
      const mark = breaks && random() < 0.5 ? "!" : ""
      const footer = breaks && mark === "" ? "\n\nBREAKING CHANGE: calls differ\nsince now" : ""
      const body = footer === "" ? pick(BODIES) : footer
      script.push({ message: `${pick(TYPES)}${pick(SCOPES)}${mark}: ${pick(SUBJECTS)}${body}`, author })
    }
  }
  return script

  function raise(current: readonly number[], part: number): readonly number[] {
    version = current.map((number, index) => (index < part ? number : index === part ? number + 1 : 0))
    return version
  }
}

/** Mulberry32: small, and the same on every machine. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
