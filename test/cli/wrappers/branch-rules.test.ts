import { expect, test } from "vitest"
import { branchRules } from "../../../cli/wrappers/branch-rules.js"

test.each<[string, string]>([
  ["main", '- if: $CI_COMMIT_BRANCH == "main"'],
  ["release/1.x", '- if: $CI_COMMIT_BRANCH == "release/1.x"'],
  ["release/*", "- if: $CI_COMMIT_BRANCH =~ /^release\\/[^\\/]*$/"],
  ["v1.*/**", "- if: $CI_COMMIT_BRANCH =~ /^v1\\.[^\\/]*\\/.*$/"],
])("%s", (branch, rule) => {
  expect(branchRules([branch])).toEqual([rule])
})
