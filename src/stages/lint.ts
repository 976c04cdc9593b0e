import type { Container } from "@dagger.io/dagger"
import { gte, valid } from "@renovatebot/pep440"
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
const PROSE = ["**/*.md", "**/*.markdown"]
/** The first ruff that formats Python blocks in Markdown. */
const FORMATS_PROSE = "0.16.0"

/** What `ruff check` reads, and no more. */
export const CHECKED: FilePatterns = { include: [...CONFIGURATION, ...CODE], exclude: [] }

/**
 * What `ruff format` reads, and no more: Markdown only where this ruff formats it, the project formats with ruff and not
 * with black alone, and has not excluded it. An edit of a README that is no input runs nothing again.
 */
export function formattedFiles({ tools }: Project, requirement: string): FilePatterns {
  const exact = exactVersion(requirement)
  const knowsProse = exact === undefined || !valid(exact) || gte(exact, FORMATS_PROSE)
  const blackAlone = tools.black?.formats === true && tools.ruff?.formats !== true
  if (!knowsProse || blackAlone) return CHECKED
  return { include: [...CHECKED.include, ...PROSE], exclude: tools.ruff?.passesOver ?? [] }
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
export function formats({ tools }: Project, { lint }: Settings): boolean {
  if (lint.format !== "auto") return lint.format === "always"
  return tools.ruff?.formats === true || tools.black?.formats === true
}

function check(ctx: StageContext, requirement: string): Command {
  const report = `${RESULTS_PATH}-ruff.json`
  const json = ["--output-format", "json", "--output-file", report]
  return {
    name: "check",
    container: withReadOnlyWork(ruff(ctx, requirement), ctx.sources.view(CHECKED)),
    argv: ["ruff", "check", "--no-fix", "--no-cache", ...json, ...ctx.args],
    reports: [{ name: "ruff", path: report }],
  }
}

function format(ctx: StageContext, requirement: string): Command {
  return {
    name: "format",
    container: withReadOnlyWork(ruff(ctx, requirement), ctx.sources.view(formattedFiles(ctx.project, requirement))),
    argv: ["ruff", "format", "--check", "--no-cache"],
    reports: [STDOUT_REPORT],
  }
}

function version(ctx: StageContext, requirement: string): Command {
  return { name: "version", container: ruff(ctx, requirement), argv: ["ruff", "--version"] }
}

/** The environment of ruff. */
export function ruff({ toolchain }: Pick<StageContext, "toolchain">, requirement: string): Container {
  return toolchain.environment({ python: toolchain.defaultPython, tools: [requirement] })
}
