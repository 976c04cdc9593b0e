/** Variables that hold an index's token, by the name that the plan gives the index or else by its place in the release. */
const INDEX_TOKENS: Readonly<Record<string, string>> = {
  pypi: "PYPI_TOKEN",
  testpypi: "TESTPYPI_TOKEN",
  index: "INDEX_TOKEN",
  "test-index": "TEST_INDEX_TOKEN",
}

/** Everything that a release may be handed in, by the names of its variables. */
export const CREDENTIALS: readonly string[] = [
  ...["GIT_TOKEN", "GIT_USER", "GITHUB_TOKEN", "GH_TOKEN", "GITLAB_TOKEN", "GITHUB_API_URL"],
  ...Object.values(INDEX_TOKENS),
  ...Object.values(INDEX_TOKENS).map(identityName),
  ...["ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
  ...["REGISTRY_USER", "REGISTRY_TOKEN", "RELEASE_SIGNING_KEY", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"],
]

/** The variable that holds an index's token. @param name as the plan names it: `pypi`, or an address. Pure. */
export function indexTokenName(name: string, which: "index" | "test-index"): string {
  return INDEX_TOKENS[name] ?? INDEX_TOKENS[which] ?? ""
}

/** The variable in which GitLab hands a job its identity for an index, e.g. `PYPI_ID_TOKEN`. Pure. */
export function indexIdentityName(name: string, which: "index" | "test-index"): string {
  return identityName(indexTokenName(name, which))
}

function identityName(token: string): string {
  return token.replace(/_TOKEN$/, "_ID_TOKEN")
}
