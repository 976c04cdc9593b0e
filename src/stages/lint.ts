import { PURE } from "../pipeline/cache-policy.js"
import type { Command } from "../pipeline/command.js"
import type { Stage, StageContext } from "../pipeline/stage.js"
import type { FilePatterns, Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { withReadOnlyWork } from "./container-files.js"
import { readLint } from "./lint-reading.js"
import { RESULTS_PATH, STDOUT_REPORT } from "./places.js"
import { noFindingFrom } from "./severity-gate.js"
import { exactVersion, toolRequirement } from "./tool-pins.js"

const CONFIGURATION = ["**/pyproject.toml", "**/ruff.toml", "**/.ruff.toml"]
const CODE = ["**/*.py", "**/*.pyi", "**/*.pyw", "**/*.ipynb"]
/** ruff formats Python blocks in Markdown since 0.16. */
const PROSE = ["**/*.md", "**/*.markdown"]

/** What lint examines: what ruff reads and no more. */
export function lintFiles(options: { readonly format: boolean }): FilePatterns {
  return { include: [...CONFIGURATION, ...CODE, ...(options.format ? PROSE : [])], exclude: [] }
}

/** What is installed to lint the project: its own pin of ruff where it has one. */
export function ruffRequirement(project: Project): string {
  return toolRequirement("ruff", project.tools.ruff?.pin)
}

/** Lints with ruff, which never writes here, and checks the format where the project formats with ruff or black. */
export const lint: Stage = {
  name: "lint",
  title: "Lint",
  cache: PURE,
  gate: noFindingFrom("note", "lint finding"),
  commands(ctx) {
    const requirement = ruffRequirement(ctx.project)
    return [
      check(ctx, requirement),
      ...(formats(ctx.project, ctx.settings) ? [format(ctx, requirement)] : []),
      ...(exactVersion(requirement) === undefined ? [version(ctx, requirement)] : []),
    ]
  },
  read: readLint,
}

/** True where the project formats with ruff, or with black, whose format ruff's is; the setting decides otherwise. */
function formats({ tools }: Project, { lint }: Settings): boolean {
  if (lint.format !== "auto") return lint.format === "always"
  return tools.ruff?.formats === true || tools.black?.formats === true
}

function check(ctx: StageContext, requirement: string): Command {
  const report = `${RESULTS_PATH}-ruff.json`
  const json = ["--output-format", "json", "--output-file", report]
  return {
    name: "check",
    container: withReadOnlyWork(ruff(ctx, requirement), ctx.sources.view(lintFiles({ format: false }))),
    argv: ["ruff", "check", "--no-fix", "--no-cache", ...json, ...ctx.args],
    reports: [{ name: "ruff", path: report }],
  }
}

function format(ctx: StageContext, requirement: string): Command {
  return {
    name: "format",
    container: withReadOnlyWork(ruff(ctx, requirement), ctx.sources.view(lintFiles({ format: true }))),
    argv: ["ruff", "format", "--check", "--no-cache"],
    reports: [STDOUT_REPORT],
  }
}

function version(ctx: StageContext, requirement: string): Command {
  return { name: "version", container: ruff(ctx, requirement), argv: ["ruff", "--version"] }
}

function ruff({ toolchain }: StageContext, requirement: string) {
  return toolchain.environment({ python: toolchain.defaultPython, tools: [requirement] })
}
