import { DAY, type Finding, observe, type Stage } from "quillon"

/** A stage of one's own: spelling mistakes in code and documents, found by codespell. */
export const spelling: Stage = {
  name: "spelling",
  title: "Spelling",
  // codespell is installed by its version alone, so a day later it may come with other files.
  cache: observe(DAY),
  gate: {
    demands: "no word that is misspelled",
    judge: ({ findings }) => ({
      passed: findings.length === 0,
      message: findings.length === 1 ? "1 misspelled word" : `${findings.length} misspelled words`,
    }),
  },
  commands: ({ toolchain, sources, args }) => [
    {
      name: "codespell",
      container: toolchain
        .environment({ python: toolchain.defaultPython, tools: ["codespell==2.4.1"] })
        .withMountedDirectory("/work", sources.view({ include: ["**/*.py", "**/*.md"], exclude: [] }))
        .withWorkdir("/work"),
      argv: ["codespell", "--disable-colors", ...args],
    },
  ],
  read: ([run]) => {
    // 0: nothing found; 65 (EX_DATAERR): misspelled words. All else means that nobody looked.
    if (run?.exit.kind !== "exited" || ![0, 65].includes(run.exit.code)) {
      return { kind: "errored", reason: "codespell could not do its work", detail: run?.stderr.tail ?? "" }
    }
    const findings = run.stdout.tail.split("\n").flatMap(readLine)
    return { kind: "looked", findings, measures: {}, tools: [{ name: "codespell", version: "2.4.1" }] }
  },
}

/** One line of codespell, e.g. `./README.md:3: teh ==> the`. */
function readLine(line: string): readonly Finding[] {
  const [, file, number, message] = /^(?:\.\/)?(.+?):(\d+): (.+)$/.exec(line) ?? []
  if (file === undefined || message === undefined) return []
  return [
    {
      tool: "codespell",
      rule: "spelling",
      severity: "warning",
      file,
      line: Number(number),
      message,
      fingerprint: `codespell ${file} ${message}`,
    },
  ]
}
