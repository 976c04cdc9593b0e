import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { parse } from "yaml"
import { fetchSources, type Release } from "../projects.js"

/** A release that carries records of the Python and the GitHub advisory database, among its test data. */
const CARRIER: Release = {
  name: "vulnerablecode",
  version: "36.1.3",
  sha256: "92979b0de11b9d60e8275868f5ad9fc7fecc62eabafd2b501162b92a2ae35fdc",
}

const RECORDS = [
  "pypa/pypa_test.yaml",
  "pysec/pysec-advisories_with_summary.json",
  "pysec/pysec-advisories_without_summary.json",
  "pysec/pysec-advisory_with_cwe.json",
]

/** Whole advisories as their databases published them, as JSON texts: fetched by hash, and kept in no repository. */
export async function publishedAdvisories(): Promise<readonly string[]> {
  const data = join(await fetchSources(CARRIER), "vulnerabilities/tests/test_data")
  return Promise.all(
    RECORDS.map(async (path) => {
      const text = await readFile(join(data, path), "utf8")
      return path.endsWith(".yaml") ? JSON.stringify(parse(text)) : text
    }),
  )
}
