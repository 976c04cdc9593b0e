import { join, resolve } from "node:path"
import { Command } from "commander"
import { QuillonError } from "../../src/errors.js"
import { fillReleases } from "../../src/release/changelog.js"
import { findForge } from "../../src/release/notes/forge.js"
import { gatherGitFacts } from "../../src/targets/git-facts.js"
import { createHostFiles } from "../host-files.js"
import type { Io } from "../io.js"
import { type KnownProject, knowProject } from "../known-project.js"
import { neutralise } from "../neutralise.js"
import type { ProcessControl } from "../program.js"
import { hostGit } from "../release/host-git.js"
import { pastReleases } from "../release/past-releases.js"
import { rebuildChangelog } from "../release/rebuild-changelog.js"
import { noRepository } from "../release/repository.js"
import { writeOutput } from "../write-output.js"
import { makePlan } from "./plan.js"

/** `quillon changelog`: the notes of the next release; with `--all` the changelog of all releases. */
export function changelogCommand(io: Io, control: ProcessControl): Command {
  return new Command("changelog")
    .description("print the notes of the next release, or with --all the whole changelog")
    .argument("[path]", "the project's folder", ".")
    .option("--all", "add every release of history that the changelog lacks; what stands there stays")
    .option("-w, --write", "with --all: write the changelog instead of printing it")
    .action(async (path: string, { all, write }: { all?: true; write?: true }) => {
      if (write && !all) throw writeWhat()
      if (all) return changelogOfAll(io, { path, write: write === true })
      const plan = await makePlan(io, control, { path })
      io.stdout.write(plan.kind === "release" ? neutralise(plan.notes) : `${neutralise(plan.reason)}\n`)
    })
}

async function changelogOfAll(io: Io, { path, write }: { path: string; write: boolean }): Promise<void> {
  const known = await knowProject(io, resolve(io.cwd, path))
  const { file } = known.settings.release.changelog
  if (file === false) throw noChangelog()
  const before = await createHostFiles(known.folder).read(file)
  const text = fillReleases(before, await sectionsOf(known))
  if (!write) return void io.stdout.write(neutralise(text))
  if (text === before) return void io.stdout.write(`nothing to do: ${file} has every release\n`)
  await writeOutput(join(known.folder, file), text)
  io.stdout.write(`written: ${file}\n`)
}

async function sectionsOf({ folder, settings, git }: KnownProject) {
  if (git === null) throw noRepository(folder)
  if (git.commit === null) return []
  const { tags, shallow, remote } = await gatherGitFacts(hostGit(folder), { start: () => null, depth: "tags" })
  if (shallow) throw shallowClone()
  const format = settings.version.tag
  const forge = findForge(remote, settings.release.links)
  const [tagPrefix = ""] = format.split("{version}")
  const releases = pastReleases(tags, format)
  return rebuildChangelog({ folder, releases, tagPrefix, policy: settings.release, forge })
}

function writeWhat(): QuillonError {
  return new QuillonError({
    code: "WRITE_WHAT",
    message: "--write is for --all: the section of the next release is written by the release itself",
    next: "quillon changelog --all --write",
    kind: "usage",
  })
}

function noChangelog(): QuillonError {
  return new QuillonError({
    code: "NO_CHANGELOG",
    message: "release.changelog.file is false, so no changelog is kept",
    next: "set release.changelog.file, e.g. to 'CHANGELOG.md'",
    kind: "usage",
  })
}

function shallowClone(): QuillonError {
  return new QuillonError({
    code: "SHALLOW_CLONE",
    message: "the clone lacks history, so not every release can be seen",
    next: "git fetch --unshallow --tags",
    kind: "environment",
  })
}
