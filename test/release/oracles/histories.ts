import type { ScriptedCommit } from "../../git/repository.js"
import { scriptedHistory } from "../../git/scripted-history.js"

/** A history and what it is for. */
export interface OracleHistory {
  readonly name: string
  readonly script: readonly ScriptedCommit[]
}

/** Seeds of the histories that are compared; 300 commits each. */
const SEEDS = [1, 2, 3]

/** Points of a history at which tools are asked. */
const POINTS = 6

/** Histories that stop right before one of their releases, spread over the whole: there a tool decides. */
export function plainHistories(): readonly OracleHistory[] {
  return SEEDS.flatMap((seed) => {
    const script = scriptedHistory({ seed, commits: 300, plain: true })
    const ends = script.flatMap(({ tags }, index) => (tags !== undefined && index > 0 ? [index] : []))
    return Array.from({ length: POINTS }, (_, point) => ends[Math.floor(((point + 1) * ends.length) / POINTS) - 1])
      .filter((end) => end !== undefined)
      .map((end) => ({ name: `seed ${seed}, ${end} commits`, script: script.slice(0, end) }))
  })
}

/** One history on which tools may differ, and why Quillon answers as it does. */
export interface OddHistory {
  readonly name: string
  /** After a release 1.2.0. */
  readonly commits: readonly ScriptedCommit[]
  /** Quillon's answer by hand: a version, or null for nothing. */
  readonly quillon: string | null
  /** Which tools differ, on purpose and why; absent where all agree. */
  readonly differs?: {
    readonly from: readonly ("commit-analyzer" | "python-semantic-release")[]
    readonly because: string
  }
}

const RELEASED: ScriptedCommit = { message: "feat: begin", tags: ["v1.2.0"] }
const text = (...messages: readonly string[]) => messages.map((message) => ({ message }))

/** Cases in which the tools differ among each other, or well might. */
export const ODD_HISTORIES: readonly OddHistory[] = [
  { name: "a scope with slashes", commits: text("feat(api/v2): a"), quillon: "1.3.0" },
  {
    name: "a breaking change in the middle of the body",
    commits: text("fix: a\n\nBREAKING CHANGE: b\n\nmore"),
    quillon: "2.0.0",
  },
  { name: "nothing that counts", commits: text("docs: a", "chore: b", "Tidy up"), quillon: null },
  {
    name: "prose that begins with breaking change",
    commits: text("fix: a\n\nBreaking change of habits: none."),
    quillon: "1.2.1",
    differs: {
      from: ["commit-analyzer"],
      because:
        "Conventional Commits 1.0.0, rule 15: BREAKING CHANGE must be upper case; prose must not make a major release",
    },
  },
  {
    name: "a type in upper case",
    commits: text("Feat: a"),
    quillon: "1.3.0",
    differs: {
      from: ["commit-analyzer", "python-semantic-release"],
      because: "Conventional Commits 1.0.0, rule 15: types are not case sensitive",
    },
  },
  {
    name: "a feature and its revert",
    commits: [...text("feat: a"), { message: 'Revert "feat: a"\n\nThis reverts commit {hash:1}.' }],
    quillon: null,
    differs: {
      from: ["python-semantic-release"],
      because: "between the two releases nothing happened, so there is nothing to tell",
    },
  },
  {
    name: "the revert of what was released",
    commits: [{ message: 'Revert "feat: begin"\n\nThis reverts commit {hash:0}.' }],
    quillon: "1.2.1",
    differs: {
      from: ["python-semantic-release"],
      because: "users get other code than in 1.2.0, so there is something to release",
    },
  },
  {
    name: "a squashed commit without a conventional title",
    commits: text("Add things (#4)\n\n* feat: a\n\n* fix: b"),
    quillon: "1.3.0",
    differs: {
      from: ["commit-analyzer", "python-semantic-release"],
      because: "forges list the squashed messages in the body; what they say is what was changed",
    },
  },
  {
    name: "a squashed commit with a conventional title",
    commits: text("fix: things (#4)\n\n* feat: a\n\n* fix: b"),
    quillon: "1.2.1",
  },
  {
    name: "a merge whose title is conventional",
    commits: [...text("docs: a"), { message: "docs: b", parents: [0] }, { message: "feat: topic", parents: [1, 2] }],
    quillon: "1.3.0",
    differs: {
      from: ["python-semantic-release"],
      because: "a title that a person wrote as a change is meant as one",
    },
  },
]

/** An odd case as a whole history. */
export function wholeOf({ commits }: OddHistory): readonly ScriptedCommit[] {
  return [RELEASED, ...commits]
}
