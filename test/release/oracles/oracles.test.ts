import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { type ScriptedCommit, writeRepository } from "../../git/repository.js"
import { ODD_HISTORIES, plainHistories, wholeOf } from "./histories.js"
import { askQuillon } from "./ours.js"

interface Answers {
  /** A level, or null. */
  readonly "commit-analyzer": string | null
  /** A version; the last one for nothing. */
  readonly "python-semantic-release": string
}

/** Recorded from the tools themselves by `oracles.proof.test.ts`. */
const recorded: Readonly<Record<string, Answers>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../transcripts/release-oracles.json"), "utf8"),
)

async function ask(script: readonly ScriptedCommit[]) {
  const { folder, remove } = await writeRepository(script)
  try {
    return await askQuillon(folder)
  } finally {
    await remove()
  }
}

function answersFor(name: string): Answers {
  const answers = recorded[name]
  if (answers === undefined) throw new Error(`nothing was recorded for ${name}`)
  return answers
}

test.each(plainHistories().map(({ name, script }) => [name, script] as const))(
  "on a scripted history the version is that of both other tools: %s",
  async (name, script) => {
    const { version, level, since } = await ask(script)
    const theirs = answersFor(name)
    expect(level).toBe(theirs["commit-analyzer"])
    expect(version ?? since?.slice(1)).toBe(theirs["python-semantic-release"])
  },
)

const LEVELS: Readonly<Record<string, string>> = { "1.2.1": "patch", "1.3.0": "minor", "2.0.0": "major" }

test.each(ODD_HISTORIES.map((odd) => [odd.name, odd] as const))("where tools might differ: %s", async (name, odd) => {
  const { version } = await ask(wholeOf(odd))
  expect(version).toBe(odd.quillon)
  const theirs = answersFor(name)
  const level = odd.quillon === null ? null : LEVELS[odd.quillon]
  const differing = [
    ...(theirs["commit-analyzer"] === level ? [] : ["commit-analyzer"]),
    ...(theirs["python-semantic-release"] === (odd.quillon ?? "1.2.0") ? [] : ["python-semantic-release"]),
  ]
  expect(differing).toEqual(odd.differs?.from ?? [])
})
