import { Command, Option } from "commander"
import { QuillonError } from "../../src/errors.js"
import { tellsOfDisagreement } from "../../src/release/version/disagreement.js"
import type { Edit } from "../../src/release/version/edits.js"
import { readBumpRequest } from "../../src/release/version/next-version.js"
import { bumpEdits, syncEdits } from "../../src/release/version/repair.js"
import { SPELLINGS, type Spelled } from "../../src/release/version/spell.js"
import { PRE_LABELS, type PreLabel, toSemVer } from "../../src/release/version/version.js"
import { plural } from "../board/remark.js"
import { complain } from "../complain.js"
import type { Io } from "../io.js"
import { neutraliseLine } from "../neutralise.js"
import { createStyle } from "../style.js"
import { editLines } from "../version/edit-lines.js"
import { exitCodeOfTruth } from "../version/exit-code.js"
import { type KnownVersions, knowVersions } from "../version/know-versions.js"
import { showCheck, showVersion } from "../version/show.js"
import { singleSource } from "../version/single-source.js"
import { writeEdits } from "../version/write-edits.js"

const PATH = ["[path]", "the project's folder", "."] as const

/** `quillon version …`: one truth for files, tags, Python and images. */
export function versionCommand(io: Io): Command {
  const version = new Command("version").description("show, check, repair and raise the project's version")

  version
    .command("show", { isDefault: true })
    .description("say the version as people, Python and registries write it")
    .argument(...PATH)
    .addOption(format())
    .addOption(new Option("--as <spelling>", "print one spelling alone").choices(SPELLINGS))
    .action(async (path: string, options: { format: string; as?: Spelled }) => {
      showVersion(io, await knowVersions(io, path), options)
    })

  version
    .command("check")
    .description("say whether all places agree: exit code 0 yes, 1 no, 2 could not look")
    .argument(...PATH)
    .addOption(format())
    .action(async (path: string, options: { format: string }) => {
      const known = await knowVersions(io, path)
      showCheck(io, known, options)
      io.leave(exitCodeOfTruth(known.truth))
    })

  version
    .command("sync")
    .description("write the version into every place that says another")
    .argument(...PATH)
    .action((path: string) => orDisagree(io, () => sync(io, path)))

  version
    .command("bump")
    .description("write the next version into every place")
    .argument("<step>", "major, minor, patch, prerelease, or a version X.Y.Z")
    .argument(...PATH)
    .addOption(
      new Option("--label <label>", "what a prerelease is called; its present label, else rc, when absent").choices(
        PRE_LABELS,
      ),
    )
    .action((step: string, path: string, options: { label?: PreLabel }) =>
      orDisagree(io, () => bump(io, { step, path, ...options })),
    )

  version
    .command("single-source")
    .description("make pyproject.toml read the file VERSION, and __version__ the metadata, instead of repeating it")
    .argument(...PATH)
    .option("-w, --write", "write it without asking")
    .action((path: string, { write }: { write?: true }) =>
      orDisagree(io, () => singleSource(io, { path, write: write === true })),
    )

  return version
}

async function sync(io: Io, path: string): Promise<void> {
  const known = await knowVersions(io, path)
  const edits = syncEdits(known.truth)
  const text = known.truth.spelling?.text ?? ""
  if (edits.length > 0) await write(io, { known, edits, version: text })
  else if (known.truth.outcome === "agree") io.stdout.write(`nothing to do: every place says ${text}\n`)
  // What is left is a person's: the entry of a changelog, tags that can't be seen.
  const left = edits.length > 0 ? await knowVersions(io, path) : known
  if (left.truth.outcome === "agree") return
  if (edits.length > 0) io.stdout.write("\n")
  showCheck(io, left, { format: "text" })
  io.leave(exitCodeOfTruth(left.truth))
}

async function bump(io: Io, asked: { step: string; path: string; label?: PreLabel }): Promise<void> {
  const request = readBumpRequest(asked.step, asked.label)
  const known = await knowVersions(io, asked.path)
  const { version, edits } = bumpEdits(known.truth, request)
  const text = toSemVer(version)
  if (edits.length === 0) return void io.stdout.write(`nothing to do: every place says ${text}\n`)
  await write(io, { known, edits, version: text, from: known.truth.spelling?.text })
}

interface Writing {
  readonly known: KnownVersions
  readonly edits: readonly Edit[]
  readonly version: string
  readonly from?: string | undefined
}

async function write(io: Io, what: Writing): Promise<void> {
  const style = createStyle(io)
  await writeEdits(what.known.folder, what.edits)
  const up = what.from === undefined ? "" : `, up from ${neutraliseLine(what.from)}`
  const files = new Set(what.edits.map(({ file }) => file)).size
  for (const line of editLines(what.edits, style)) io.stdout.write(`${line}\n`)
  io.stdout.write(`\n${style.good("written:")} ${what.version} into ${plural(files, "file")}${up}\n`)
}

/** A project that disagrees with itself is no wrong usage: the code is 1, as that of `check`. */
async function orDisagree(io: Io, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof QuillonError) || !tellsOfDisagreement(error.code)) throw error
    complain(io, error)
    io.leave(1)
  }
}

function format(): Option {
  return new Option("--format <format>", "how it is printed").choices(["text", "json"]).default("text")
}
