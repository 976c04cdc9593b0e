import { resolve } from "node:path"
import { Command } from "commander"
import type { Io } from "../io.js"
import { knowProject } from "../known-project.js"
import type { ProcessControl } from "../program.js"
import { createStyle } from "../style.js"
import { forceOption, refuseUnknown } from "../wrappers/force.js"
import { filesAround } from "../wrappers/project-files.js"
import { renderWrappers } from "../wrappers/render.js"
import { differenceLines, remarkOnWrapper } from "../wrappers/say.js"
import { type ComparedWrapper, compareWrappers, type Standing } from "../wrappers/standing.js"
import { writeBelow } from "../wrappers/write.js"

/** Where the difference helps: not where one of the two sides is all of it. */
const TOLD_IN_FULL: readonly Standing[] = ["outdated", "edited"]

interface Options {
  readonly check?: true
  readonly force: readonly string[]
}

/** `quillon wrappers`: the files by which CI systems call Quillon. */
export function wrappersCommand(io: Io, control: Pick<ProcessControl, "version">): Command {
  return new Command("wrappers")
    .description("write the files by which GitHub and GitLab call Quillon")
    .argument("[path]", "the project's folder", ".")
    .option("--check", "write nothing; say what differs, and leave with 1 where anything does")
    .addOption(forceOption("replace this file although somebody else wrote or edited it"))
    .action(async (path: string, options: Options) => {
      const { git, folder, project, settings } = await knowProject(io, resolve(io.cwd, path))
      const root = git?.root ?? folder
      const wrappers = renderWrappers({
        settings,
        path: project.path,
        around: filesAround(project),
        version: control.version,
      })
      const compared = await compareWrappers(root, wrappers)
      const paths = compared.map((wrapper) => wrapper.path)
      refuseUnknown(options.force, { paths, code: "NOT_A_WRAPPER", why: "names no file that is written here" })
      const command = path === "." ? "quillon wrappers" : `quillon wrappers ${path}`
      if (options.check) return check(io, compared, command)
      await write(io, { root, compared, command, force: options.force })
    })
}

function check(io: Io, compared: readonly ComparedWrapper[], command: string): void {
  const style = createStyle(io)
  for (const wrapper of compared) {
    const remark = remarkOnWrapper(wrapper, command)
    if (remark === undefined) {
      io.stdout.write(`${style.good("✓")} ${wrapper.path}\n`)
      continue
    }
    if (TOLD_IN_FULL.includes(wrapper.standing)) io.stdout.write(`${differenceLines(wrapper, style)}\n`)
    io.stdout.write(`${style.bad("✗")} ${remark.message}\n  next: ${remark.next}\n`)
    io.leave(1)
  }
}

interface Writing {
  readonly root: string
  readonly compared: readonly ComparedWrapper[]
  /** As `remarkOnWrapper` has it. */
  readonly command: string
  readonly force: readonly string[]
}

/** All or nothing: a file that may not be touched keeps the others from being written too. */
async function write(io: Io, { root, compared, command, force }: Writing): Promise<void> {
  const style = createStyle(io)
  const refused = compared.filter(
    ({ path, standing }) =>
      standing === "apart" || ((standing === "edited" || standing === "foreign") && !force.includes(path)),
  )
  for (const wrapper of refused) {
    const remark = remarkOnWrapper(wrapper, command)
    if (TOLD_IN_FULL.includes(wrapper.standing)) io.stdout.write(`${differenceLines(wrapper, style)}\n`)
    io.stderr.write(`${style.bad("error:")} ${remark?.message}\n${style.quiet(" next:")} ${remark?.next}\n`)
  }
  if (refused.length > 0) {
    io.stderr.write("nothing was written\n")
    return io.leave(1)
  }
  for (const { path, standing, after } of compared) {
    if (standing === "same") {
      io.stdout.write(`${style.quiet("is so already:")} ${path}\n`)
      continue
    }
    await writeBelow(root, { path, text: after })
    io.stdout.write(`${style.good("written:")} ${path}\n`)
  }
}
