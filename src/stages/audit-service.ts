import { QuillonError } from "../errors.js"
import type { Settings } from "../project/settings.js"

/** Who tells of known vulnerabilities: the setting `audit.service`, else the public index. */
export function advisoryService({ audit }: Settings): string {
  return audit.service ?? "pypi"
}

/**
 * Why nobody is asked: an index of one's own has names of its own, and these are told to a public service only where the
 * settings say so. The strict policy wants an answer.
 */
export function nobodyToAsk({ audit, index, policy }: Settings): string | undefined {
  if (audit.service !== undefined || audit.tool !== "pip-audit" || index.url === undefined) return undefined
  return policy === "strict"
    ? undefined
    : "packages come from index.url, and nobody was named who knows their vulnerabilities: audit.service"
}

/**
 * pip-audit's words for the service.
 *
 * @throws QuillonError `NO_ADVISORY_SERVICE` where names of an index of one's own would be told to the public service.
 */
export function serviceWords(settings: Settings): readonly string[] {
  const { audit, index } = settings
  if (audit.service === undefined && index.url !== undefined) {
    throw new QuillonError({
      code: "NO_ADVISORY_SERVICE",
      message: "the strict policy demands an audit, and nobody was named who knows the packages of index.url",
      next: "set audit.service to 'pypi', 'osv' or the address of an OSV service",
      kind: "environment",
    })
  }
  const service = advisoryService(settings)
  if (service === "pypi" || service === "osv") return ["--vulnerability-service", service]
  return ["--vulnerability-service", "osv", "--osv-url", queryAddress(service)]
}

/** The address that answers queries; a service that is named by its host alone has it where the public one has it. */
function queryAddress(service: string): string {
  return URL.canParse(service) && new URL(service).pathname === "/" ? new URL("/v1/query", service).href : service
}
