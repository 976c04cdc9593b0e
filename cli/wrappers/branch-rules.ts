/** GitLab's rules for pushes to branches; patterns mean what they mean to GitHub. Pure. */
export function branchRules(branches: readonly string[]): readonly string[] {
  return branches.map((branch) =>
    branch.includes("*")
      ? `- if: $CI_COMMIT_BRANCH =~ /^${expressionOf(branch)}$/`
      : `- if: $CI_COMMIT_BRANCH == ${JSON.stringify(branch)}`,
  )
}

/** `*` stands for anything but a slash, `**` for anything. */
function expressionOf(pattern: string): string {
  return pattern
    .split(/(\*\*|\*)/)
    .map((part) => ({ "**": ".*", "*": "[^\\/]*" })[part] ?? part.replaceAll(/[./]/g, "\\$&"))
    .join("")
}
