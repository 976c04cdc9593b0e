import { addressOf } from "../pipeline/cell.js"
import type { CellReport, Report } from "../pipeline/report.js"
import type { BuildEnd, BuildOrder, Workshop } from "../release/execute/workshop.js"
import type { Built, ReleaseArtifact } from "../release/journal/schema.js"
import { isAllowed } from "../release/plan/allowed.js"
import { isTagged } from "../release/plan/tagged.js"

/** A run of the pipeline on the release commit. */
export interface CommitRun {
  readonly report: Report
  /** Names that must import once the package is installed. */
  readonly imports: readonly string[]
  /** Digest of the image that the run built; null where the release has none. */
  readonly image: string | null
}

/** What only a door can do for a workshop. */
export interface Bench {
  /**
   * Runs the whole pipeline on the tree of the release commit, with the commit's time as epoch; keeps what it built,
   * by sha256, for as long as this process lives.
   *
   * @throws what the pipeline throws before anything ran
   */
  run(order: BuildOrder): Promise<CommitRun>
}

const KINDS = new Map<string, ReleaseArtifact["kind"]>([
  ["sdist", "sdist"],
  ["wheel", "wheel"],
  ["sbom", "sbom"],
])

/** Name of the list of digests, as `sha256sum --check` reads it. */
export const CHECKSUMS = "SHA256SUMS"

/**
 * Builds a release commit and judges it by the pipeline's own gates. No gate is skipped: a cell that failed fails the
 * release, and one that could not look holds it.
 */
export function createWorkshop({ run }: Bench): Workshop {
  const made = new Set<string>()
  let image: string | null = null

  async function build(order: BuildOrder): Promise<BuildEnd> {
    const { report, imports, ...rest } = await run(order)
    const end = verdictOf(report, order)
    if (end !== undefined) return end
    const artifacts = await shippedBy(report)
    for (const { sha256 } of artifacts) made.add(sha256)
    image = rest.image
    return {
      kind: "built",
      built: { artifacts: [...artifacts], image, imports: [...imports], allowed: allowedIn(report, order) },
    }
  }

  return {
    build,
    async bring(needed, order) {
      const lacks = () => needed.artifacts.find(({ sha256 }) => !made.has(sha256))?.name ?? missingImage()
      const missingImage = () => (needed.image === null || needed.image === image ? undefined : needed.image)
      if (lacks() === undefined) return { kind: "at-hand" }
      // Distributions are the same on every machine, so that building again is getting at them.
      const again = await build(order)
      if (again.kind !== "built") return { kind: "could-not-look", why: again.why, next: again.next }
      const lacking = lacks()
      if (lacking === undefined) return { kind: "at-hand" }
      return { kind: "gone", why: `${lacking} of the journal is not here, and building it again gives other bytes` }
    },
  }
}

/** Why a run can't be released; undefined where it can. */
function verdictOf({ cells }: Report, { plan }: BuildOrder): Exclude<BuildEnd, { kind: "built" }> | undefined {
  const bound = cells.filter((cell) => !isAllowed(cell.stage, cell.cell, plan.settings.release))
  const named = (wanted: CellReport["outcome"]) => bound.filter((cell) => cell.outcome === wanted).map(nameOf)
  const failed = named("failed")
  if (failed.length > 0) {
    const next = isTagged(plan)
      ? "a tag can't be changed: commit the fix, then quillon release makes the next version"
      : `quillon ci shows it; commit the fix, then release ${plan.version.semver}`
    return { kind: "failed", why: `${failed.join(", ")} failed on the release commit`, next }
  }
  const errored = named("errored")
  if (errored.length > 0) return unseen(`${errored.join(", ")} could not look`, errored)
  const unexamined = bound.filter(isUnexamined).map(nameOf)
  if (unexamined.length > 0) return unseen(`nobody examined ${unexamined.join(", ")}`, unexamined)
  if (cells.some(({ outcome }) => outcome === "passed")) return undefined
  return unseen("no stage examined the release commit", [])
}

function unseen(why: string, cells: readonly string[]): Extract<BuildEnd, { kind: "could-not-look" }> {
  const names = cells.map((name) => JSON.stringify(name)).join(", ")
  const allow = cells.length === 0 ? "" : `; or allow it by name in release.allowedFailures = [${names}]`
  return { kind: "could-not-look", why, next: `quillon release --resume, once it can be looked at${allow}` }
}

/** A cell that was to look and did not. */
function isUnexamined({ skip }: CellReport): boolean {
  return skip === "no-image" || skip === "cancelled" || skip === "input"
}

/** Cells that settings let fail, and did. */
function allowedIn({ cells }: Report, { plan }: BuildOrder): Built["allowed"] {
  return cells
    .filter((cell) => cell.outcome === "failed" || cell.outcome === "errored" || isUnexamined(cell))
    .filter(({ stage, cell }) => isAllowed(stage, cell, plan.settings.release))
    .map((cell) => ({ cell: nameOf(cell), why: whyOf(cell) }))
}

function whyOf({ outcome, reason, gate, findings }: CellReport): string {
  const said = reason ?? gate?.message ?? `${findings.length} findings`
  return `${outcome === "failed" ? "failed" : "nobody examined it"} (${said})`
}

function nameOf({ stage, cell }: CellReport): string {
  return addressOf(stage, { key: cell })
}

/** What of a run is shipped, and the list of its digests last. The same file of two cells is one. */
export async function shippedBy({ cells }: Pick<Report, "cells">): Promise<Built["artifacts"]> {
  const files = new Map<string, ReleaseArtifact>()
  for (const { path, sha256, bytes } of cells.flatMap(({ artifacts }) => artifacts)) {
    const [, , folder = "", ...rest] = path.split("/")
    const name = rest.at(-1)
    const kind = KINDS.get(folder)
    if (kind !== undefined && name !== undefined) files.set(name, { kind, name, sha256, size: bytes })
  }
  const artifacts = [...files.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const text = new TextEncoder().encode(checksumsOf(artifacts))
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text))
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return [...artifacts, { kind: "checksums", name: CHECKSUMS, sha256, size: text.length }]
}

/** The text of {@link CHECKSUMS}: what a release ships but the list itself. */
export function checksumsOf(artifacts: readonly ReleaseArtifact[]): string {
  return artifacts
    .filter(({ kind }) => kind !== "checksums")
    .map(({ sha256, name }) => `${sha256}  ${name}\n`)
    .join("")
}
