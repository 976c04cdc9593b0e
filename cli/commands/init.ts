import { join, resolve } from "node:path"
import { Command } from "commander"
import { askYes, canAsk } from "../ask.js"
import type { Io } from "../io.js"
import { type KnownProject, knowProject } from "../known-project.js"
import { neutraliseLine } from "../neutralise.js"
import type { ProcessControl } from "../program.js"
import { createStyle, type Style } from "../style.js"
import { proposeCi } from "../wrappers/ci-habits.js"
import { forceOption, refuseUnknown } from "../wrappers/force.js"
import { type InitPlan, planInit } from "../wrappers/init-plan.js"
import { filesAround, filesOf } from "../wrappers/project-files.js"
import { readCiHabits } from "../wrappers/read-ci-habits.js"
import { differenceLines, remarkOnWrapper } from "../wrappers/say.js"
import { addCiSettings } from "../wrappers/settings-edit.js"
import { textIfThere } from "../wrappers/standing.js"
import { writeBelow } from "../wrappers/write.js"

interface Options {
  readonly yes?: true
  readonly force: readonly string[]
}

/** `quillon init`: the few settings that a project needs, often none, and the files of its CI systems. */
export function initCommand(io: Io, control: Pick<ProcessControl, "version">): Command {
  return new Command("init")
    .description("set a project up: settings where the defaults do not fit, and the files of CI systems")
    .argument("[path]", "the project's folder", ".")
    .option("-y, --yes", "write it without asking")
    .addOption(forceOption("this file too, although it is there"))
    .action((path: string, options: Options) => init(io, { path, version: control.version, ...options }))
}

interface Asked extends Options {
  readonly path: string
  readonly version: string
}

async function init(io: Io, { path, version, yes, force }: Asked): Promise<void> {
  const known = await knowProject(io, resolve(io.cwd, path))
  const root = known.git?.root ?? known.folder
  const plan = await makePlan(known, { root, version, force })
  const style = createStyle(io)
  io.stdout.write(`${describe(known)}\n\n`)
  for (const file of plan.writes) io.stdout.write(`${differenceLines(file, style)}\n\n`)
  for (const line of keptLines(plan, style)) io.stdout.write(`${line}\n`)
  if (plan.writes.length === 0) return void io.stdout.write("nothing to write\n")
  const paths = plan.writes.map((file) => neutraliseLine(file.path)).join(", ")
  const agreed = yes === true || (canAsk(io) && (await askYes(io, `Write ${paths}?`)))
  if (!agreed) return void io.stdout.write(`nothing was written: quillon init --yes writes ${paths}\n`)
  for (const { path: file, after } of plan.writes) await writeBelow(root, { path: file, text: after })
  io.stdout.write(`${style.good("written:")} ${paths}\nnext: quillon ci\n`)
}

interface Place {
  readonly root: string
  readonly version: string
  readonly force: readonly string[]
}

async function makePlan({ folder, project, settings, provenance }: KnownProject, place: Place): Promise<InitPlan> {
  const { root, force } = place
  const files = filesOf(project.path).map((file) => file.path)
  const decided = Object.keys(provenance).some((key) => key.startsWith("ci."))
  const [habits, own, pyproject, ...texts] = await Promise.all([
    readCiHabits(folder),
    ...["quillon.toml", "pyproject.toml"].map((name) => textIfThere(join(folder, name))),
    ...files.map((name) => textIfThere(join(root, name))),
  ] as const)
  const proposal = decided ? {} : proposeCi(habits)
  const plan = planInit({
    settings,
    version: place.version,
    path: project.path,
    around: filesAround(project),
    proposal,
    edit: addCiSettings(proposal, { own, pyproject }),
    texts: Object.fromEntries(files.map((name, index) => [name, texts[index]])),
    force,
  })
  const { writes, keeps, withheld } = plan
  const paths = [...writes, ...keeps, ...(withheld === undefined ? [] : [withheld])].map((file) => file.path)
  refuseUnknown(force, { paths, code: "NOT_WRITTEN_BY_INIT", why: "names no file that quillon init writes here" })
  return plan
}

function describe({ project }: KnownProject): string {
  const pythons = project.interpreters.join(", ")
  const version = project.version === undefined ? "" : ` ${project.version}`
  return neutraliseLine(`${project.name}${version}: ${project.kind} for Python ${pythons}`)
}

function keptLines({ keeps, withheld }: InitPlan, style: Style): readonly string[] {
  return [
    ...keeps.map((wrapper) => {
      const { path } = wrapper
      const why = {
        same: "is so already",
        outdated: "is older: quillon wrappers",
        absent: "",
        edited: `is there: --force ${path} replaces it`,
        foreign: `is there: --force ${path} replaces it`,
        apart: `is there: ${remarkOnWrapper(wrapper)?.next}`,
      }[wrapper.standing]
      return `${style.quiet("stays:")} ${path} ${why}`
    }),
    ...(withheld === undefined
      ? []
      : [
          differenceLines(withheld, style),
          `${style.quiet("stays:")} ${withheld.path} is there: --force ${withheld.path} adds these lines`,
        ]),
  ]
}
