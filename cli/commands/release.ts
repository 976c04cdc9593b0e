import { Command, Option } from "commander"
import { QuillonError } from "../../src/errors.js"
import { tellsOfDisagreement } from "../../src/release/version/disagreement.js"
import { complain } from "../complain.js"
import type { Io } from "../io.js"
import type { ProcessControl } from "../program.js"
import { type RunLook, readRunRequest, withLookOptions } from "../run-request.js"

interface Options {
  readonly plan?: string
  readonly tag?: string
  readonly resume?: string | true
  readonly abandon?: string | true
  readonly because?: string
  readonly takeOver?: true
  readonly rehearse?: true
  readonly failAfter?: string
  readonly yes?: true
}

/** `quillon release`: carries out the next release, or finishes one that was begun. */
export function releaseCommand(io: Io, control: ProcessControl): Command {
  const release = new Command("release")
    .description("release what is new: version commit, tag, package index, image, release page")
    .argument("[path]", "the project's folder", ".")
    .option("--plan <file>", "carry out this plan, as quillon plan -o wrote it")
    .option("--tag <tag>", "finish the release of a tag that was pushed by other means")
    .option("--resume [version]", "finish a release that was begun, here or elsewhere")
    .option("--abandon [version]", "close a release that can't go on; what is published stays")
    .option("--because <reason>", "with --abandon: why, for whoever meets the version later")
    .option("--take-over", "with --resume or --abandon: also from a holder of whom nobody knows whether he lives")
    .option("--rehearse", "do all of it for real, against throw-away targets")
    .addOption(new Option("--fail-after <step>", "with --rehearse: end after this step, as a kill would"))
    .option("-y, --yes", "do not ask")
  return withLookOptions(release).action(async (path: string, raw: Options) => {
    refuseContradiction(raw)
    const { look, engine } = readRunRequest(raw, { path, args: [] })
    const [{ withDesk }, { runRelease }, { abandonHere }] = await Promise.all([
      import("../release/with-desk.js"),
      import("../release/run-release.js"),
      import("../release/abandon.js"),
    ])
    const begun = raw.resume !== undefined || raw.abandon !== undefined
    const targets = raw.rehearse === undefined ? "real" : begun ? "kept" : "fresh"
    const how = { path, look, ...(engine === undefined ? {} : { engine }) }
    const request = {
      ...how,
      ...pick(raw),
      takeOver: raw.takeOver === true,
      rehearse: raw.rehearse === true,
      yes: raw.yes === true,
    }
    try {
      await withDesk({ io, control }, { ...how, targets }, (session) => {
        const { abandon, because = "" } = raw
        return abandon === undefined
          ? runRelease(session, request)
          : abandonHere(session, { ...request, abandon, because })
      })
    } catch (error) {
      if (!(error instanceof QuillonError) || !tellsOfDisagreement(error.code)) throw error
      complain(io, error)
      io.leave(1)
    }
  })
}

/** How a release is shown where nobody said how. */
export const PLAIN_LOOK: RunLook = { plain: false, json: false, quiet: false, verbose: false }

function pick({ plan, tag, resume, failAfter }: Options): Pick<Options, "plan" | "tag" | "resume" | "failAfter"> {
  return {
    ...(plan === undefined ? {} : { plan }),
    ...(tag === undefined ? {} : { tag }),
    ...(resume === undefined ? {} : { resume }),
    ...(failAfter === undefined ? {} : { failAfter }),
  }
}

function refuseContradiction(options: Options): void {
  const { plan, tag, resume, abandon, because, takeOver, rehearse, failAfter } = options
  const clash = (message: string, next: string) =>
    new QuillonError({ code: "CONTRADICTING_OPTIONS", message, next, kind: "usage" })
  if (plan !== undefined && resume !== undefined) {
    throw clash("--resume plans nothing, so --plan has no use with it", "leave one of them out")
  }
  if (tag !== undefined && (plan !== undefined || resume !== undefined)) {
    throw clash("--tag plans by itself what the tag lacks", `quillon release --tag ${tag}`)
  }
  if (abandon !== undefined && [plan, tag, resume, failAfter].some((other) => other !== undefined)) {
    throw clash("--abandon begins and finishes nothing", "leave the other option out")
  }
  if ((abandon === undefined) !== (because === undefined) || because?.trim() === "") {
    throw clash("a release is abandoned for a reason", 'quillon release --abandon --because "…"')
  }
  if (takeOver && resume === undefined && abandon === undefined) {
    throw clash("--take-over is for --resume and --abandon", "quillon release --resume --take-over")
  }
  if (failAfter !== undefined && !rehearse) {
    throw clash("--fail-after breaks a release on purpose", `quillon release --rehearse --fail-after ${failAfter}`)
  }
}
