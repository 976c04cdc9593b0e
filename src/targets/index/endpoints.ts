/** Where a package index takes and shows files. */
export interface IndexEndpoints {
  /** In the plan's words: `pypi`, `testpypi`, or the index's address. */
  readonly name: string
  /** The legacy upload, seen from a container. */
  readonly upload: string
  /** Simple pages, with `/` at the end: seen from here, and from a container. */
  readonly simple: { readonly fromHere: string; readonly fromEngine: string }
  /** Scheme and host of trusted publishing, seen from here; an index of one's own is asked whether it has it. */
  readonly exchange?: string
  /** The page of a version that people open. */
  readonly page: (project: string, version: string) => string
}

const KNOWN = {
  pypi: { site: "https://pypi.org", upload: "https://upload.pypi.org/legacy/" },
  testpypi: { site: "https://test.pypi.org", upload: "https://test.pypi.org/legacy/" },
} as const

/**
 * Endpoints of the index that a setting names. An index of one's own is named by its upload address; its pages are at
 * `simple/` beside it.
 */
export function endpointsOf(setting: string): IndexEndpoints {
  if (setting === "pypi" || setting === "testpypi") {
    const { site, upload } = KNOWN[setting]
    const simple = `${site}/simple/`
    return {
      name: setting,
      upload,
      simple: { fromHere: simple, fromEngine: simple },
      exchange: site,
      page: (project, version) => `${site}/project/${project}/${version}/`,
    }
  }
  const simple = new URL("../simple/", setting.endsWith("/") ? setting : `${setting}/`).href
  return {
    name: setting,
    upload: setting,
    simple: { fromHere: simple, fromEngine: simple },
    exchange: new URL(setting).origin,
    page: (project) => `${simple}${project}/`,
  }
}
