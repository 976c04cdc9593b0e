import { resolve } from "node:path"
import { Command, Option } from "commander"
import type { PlanRequest } from "../../src/door/release-facts.js"
import { QuillonError } from "../../src/errors.js"
import type { Plan } from "../../src/release/plan/schema.js"
import { tellsOfDisagreement } from "../../src/release/version/disagreement.js"
import { complain } from "../complain.js"
import { openEngine } from "../engine.js"
import { watchInterrupts } from "../interrupt.js"
import type { Io } from "../io.js"
import { knowProject } from "../known-project.js"
import type { ProcessControl } from "../program.js"
import { planHere } from "../release/plan-here.js"
import { planLook } from "../release/plan-look.js"
import { planText } from "../release/plan-text.js"
import { askRemoteRefs } from "../release/remote-refs.js"
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
  io.stdout.write(planText(plan, planLook(io)))
  if (options.output !== undefined) io.stdout.write(`\nwritten: ${options.output}\n`)
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
    return await planHere({ io, dag, known, remoteRefs: askRemoteRefs(known.folder) }, request)
  } finally {
    await opening.then((engine) => engine.close()).catch(() => {})
  }
}
