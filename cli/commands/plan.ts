import { resolve } from "node:path"
import { Command, Option } from "commander"
import { planFor } from "../../src/door/plan.js"
import type { PlanRequest } from "../../src/door/release-facts.js"
import { QuillonError } from "../../src/errors.js"
import type { Plan } from "../../src/release/plan/schema.js"
import { tellsOfDisagreement } from "../../src/release/version/disagreement.js"
import { createCommitFiles } from "../../src/targets/commit-files.js"
import { complain } from "../complain.js"
import { openEngine } from "../engine.js"
import { watchInterrupts } from "../interrupt.js"
import type { Io } from "../io.js"
import { knowProject } from "../known-project.js"
import type { ProcessControl } from "../program.js"
import { branchOf } from "../release/branch.js"
import { hostGit } from "../release/host-git.js"
import { marksFor } from "../release/marks.js"
import { planText } from "../release/plan-text.js"
import { askRemoteTags } from "../release/remote-tags.js"
import { openRepository } from "../release/repository.js"
import { createStyle } from "../style.js"
import { writeOutput } from "../write-output.js"

interface Options extends PlanRequest {
  readonly format: "text" | "json"
  readonly output?: string
}

/** `quillon plan`: what a release would do and why, before anything happens. */
export function planCommand(io: Io, control: ProcessControl): Command {
  return new Command("plan")
    .description("say what a release would do and why; nothing is written but the plan file")
    .argument("[path]", "the project's folder", ".")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("-o, --output <file>", "write the plan file, which quillon release --plan carries out")
    .option("--at <revision>", "what would have been released at this commit")
    .option("--since <tag>", "what would be released if this were the last release")
    .addOption(
      new Option("--channel <channel>", "what is released, over what the branch releases").choices([
        "final",
        "dev",
        "alpha",
        "beta",
        "rc",
      ]),
    )
    .action(async (path: string, options: Options) => {
      try {
        await showPlan(io, control, { ...options, path })
      } catch (error) {
        if (!(error instanceof QuillonError) || !tellsOfDisagreement(error.code)) throw error
        complain(io, error)
        io.leave(1)
      }
    })
}

async function showPlan(io: Io, control: ProcessControl, options: Options & { readonly path: string }): Promise<void> {
  const plan = await makePlan(io, control, options)
  const json = `${JSON.stringify(plan, null, 2)}\n`
  if (options.output !== undefined) await writeOutput(resolve(io.cwd, options.output), json)
  if (options.format === "json") return void io.stdout.write(json)
  io.stdout.write(planText(plan, { style: createStyle(io), marks: marksFor(io), columns: widthFor(io) }))
  if (options.output !== undefined) io.stdout.write(`\nwritten: ${options.output}\n`)
}

/** What is no terminal has no width: lines are then as long as a page of a log may be. */
const PAGE = 120

function widthFor({ isTTY, columns }: Io): number {
  return isTTY ? columns : Math.max(PAGE, columns)
}

/** Makes the plan of a project on this machine. @throws QuillonError also where the planner refuses. */
export async function makePlan(
  io: Io,
  control: ProcessControl,
  request: PlanRequest & { readonly path: string; readonly format?: string },
): Promise<Plan> {
  const { signal } = watchInterrupts(io, control)
  const knowing = knowProject(io, resolve(io.cwd, request.path))
  const opening = openEngine(io, { needed: knowing, mayAsk: request.format !== "json", signal })
  opening.catch(() => {})
  try {
    const known = await knowing
    const { dag } = await opening
    const { folder, project, settings } = known
    const git = await openRepository(dag, known)
    const branch = await branchOf(io, folder)
    // Files are many and small, so they are read here; history is read in the container.
    const filesAt = (commit: string) => createCommitFiles(hostGit(folder), commit, project.path)
    const subject = {
      project,
      settings,
      git,
      commit: known.git?.commit ?? "HEAD",
      branch,
      filesAt,
      remoteTags: askRemoteTags(folder),
    }
    return await planFor(subject, request, Date.now())
  } finally {
    await opening.then((engine) => engine.close()).catch(() => {})
  }
}
