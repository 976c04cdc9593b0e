/** Variables that hold an index's token, by the name that the plan gives the index or else by its place in the release. */
const INDEX_TOKENS: Readonly<Record<string, string>> = {
  pypi: "PYPI_TOKEN",
  testpypi: "TESTPYPI_TOKEN",
  index: "INDEX_TOKEN",
  "test-index": "TEST_INDEX_TOKEN",
}

/** The variable that holds an index's token. @param name as the plan names it: `pypi`, or an address. Pure. */
export function indexTokenName(name: string, which: "index" | "test-index"): string {
  return INDEX_TOKENS[name] ?? INDEX_TOKENS[which] ?? ""
}
