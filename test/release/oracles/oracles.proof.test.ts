import { beforeAll, expect, test } from "vitest"
import { type ScriptedCommit, writeRepository } from "../../git/repository.js"
import { ODD_HISTORIES, plainHistories, wholeOf } from "./histories.js"
import { askCommitAnalyzer, askPythonSemanticRelease, installOracles } from "./theirs.js"

beforeAll(installOracles, 300_000)

async function ask(script: readonly ScriptedCommit[]) {
  const { folder, remove } = await writeRepository(script, "https://github.com/ada/engine.git")
  try {
    return {
      "commit-analyzer": await askCommitAnalyzer(folder),
      "python-semantic-release": await askPythonSemanticRelease(folder),
    }
  } finally {
    await remove()
  }
}

// `npx vitest run --project proof test/release/oracles -u` writes new answers; the unit tests compare Quillon with them.
test("the other tools answer what was recorded of them", async () => {
  const answers: Record<string, unknown> = {}
  for (const { name, script } of plainHistories()) answers[name] = await ask(script)
  for (const odd of ODD_HISTORIES) answers[odd.name] = await ask(wholeOf(odd))
  await expect(`${JSON.stringify(answers, null, 2)}\n`).toMatchFileSnapshot("../../transcripts/release-oracles.json")
})
