import { expect, test } from "vitest"
import { boardKind } from "../../../cli/board/board-kind.js"
import type { RunLook } from "../../../cli/run-request.js"

const look: RunLook = { plain: false, json: false, quiet: false, verbose: false }
const GITHUB = { GITHUB_ACTIONS: "true" }
const GITLAB = { GITLAB_CI: "true" }

test.each<[string, Record<string, string>, boolean, Partial<RunLook>, string]>([
  ["a terminal", {}, true, {}, "live"],
  ["a pipe", {}, false, {}, "plain"],
  ["a terminal with -q", {}, true, { quiet: true }, "silent"],
  ["a program", GITHUB, false, { json: true }, "json"],
  ["GitHub Actions", GITHUB, false, {}, "github"],
  ["GitHub Actions with a terminal, as act has", GITHUB, true, {}, "github"],
  ["GitHub Actions with -q, which still wants to know what went wrong", GITHUB, false, { quiet: true }, "github"],
  ["GitLab", GITLAB, false, {}, "gitlab"],
  ["a CI system with --plain", GITLAB, false, { plain: true }, "plain"],
  ["a CI system with --board auto", GITHUB, false, { board: "auto" }, "github"],
  ["a pipe with --board gitlab", {}, false, { board: "gitlab" }, "gitlab"],
  ["a machine on which a script says GITHUB_ACTIONS=false", { GITHUB_ACTIONS: "false" }, false, {}, "plain"],
])("%s gets the board that suits it", (_, env, isTTY, wish, expected) => {
  expect(boardKind({ env, isTTY }, { ...look, ...wish })).toBe(expected)
})
