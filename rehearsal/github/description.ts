import { Ajv, type ErrorObject } from "ajv"
import ajvFormats from "ajv-formats"
import type { Answer, Call } from "../http/exchange.js"
import description from "./description.json" with { type: "json" }

/** GitHub's published description of its API, asked whether requests and answers keep to it. */
export interface Description {
  /** One line a fault; undefined for an operation that the description (or our part of it) does not know. */
  faultsOfCall(call: Call): readonly string[] | undefined
  faultsOfAnswer(call: Call, answer: Answer): readonly string[]
}

const KEY = "github"

interface Operation {
  readonly pointer: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly responses: Readonly<Record<string, unknown>>
}

/** Compiles the description; takes about 50 ms, so a server does it when the first request comes. */
export function createDescription(): Description {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false })
  ajvFormats.default(ajv)
  ajv.addSchema(description, KEY)
  const faults = (pointer: string, value: unknown): readonly string[] => {
    const validate = ajv.getSchema(`${KEY}#${pointer}`)
    if (validate === undefined) return []
    return validate(value) ? [] : (validate.errors ?? []).map(line)
  }
  return {
    faultsOfCall(call) {
      const operation = findOperation(call)
      if (operation === undefined) return undefined
      const missing = operation.parameters
        .filter((parameter) => parameter.in === "query" && parameter.required && !call.query.has(parameter.name))
        .map(({ name }) => `"${name}" wasn't supplied.`)
      const body = `${operation.pointer}/requestBody/content/application~1json/schema`
      const isJson = call.headers["content-type"]?.startsWith("application/json") ?? false
      return [...missing, ...(isJson || call.method === "PATCH" ? faults(body, parse(call.body)) : [])]
    },
    faultsOfAnswer(call, { status, body = "" }) {
      const operation = findOperation(call)
      if (operation === undefined || status === 304) return []
      if (!(status in operation.responses)) {
        // What is refused is not described for each operation; its form is the same everywhere.
        if (status === 422) return faults("/components/schemas/validation-error", parse(body))
        if (status >= 400) return faults("/components/schemas/basic-error", parse(body))
        return [`${call.method} ${call.path} never answers ${status}`]
      }
      const pointer = responsePointer(operation, status)
      return faults(`${pointer}/content/application~1json/schema`, parse(body))
    },
  }
}

function findOperation({ method, path }: Call): Operation | undefined {
  for (const [template, operations] of Object.entries(description.paths)) {
    const pattern = new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`)
    if (!pattern.test(path)) continue
    // `releases/latest` fits `releases/{release_id}` as well, and comes first.
    const operation = (operations as Record<string, Partial<Operation>>)[method.toLowerCase()]
    if (operation === undefined) continue
    const { parameters = [], responses = {} } = operation
    return { pointer: `/paths/${pointerPart(template)}/${method.toLowerCase()}`, parameters, responses }
  }
  return undefined
}

function responsePointer({ pointer, responses }: Operation, status: number): string {
  const response = responses[`${status}`]
  const reference = typeof response === "object" && response !== null && "$ref" in response ? response.$ref : undefined
  return typeof reference === "string" ? reference.slice(1) : `${pointer}/responses/${status}`
}

/** A path template as a part of a JSON pointer in a URI fragment (RFC 6901, section 6). */
function pointerPart(template: string): string {
  return encodeURIComponent(template.replaceAll("~", "~0").replaceAll("/", "~1"))
}

function parse(body: Answer["body"]): unknown {
  try {
    return JSON.parse(Buffer.from((body ?? "") as Uint8Array).toString("utf8"))
  } catch {
    return undefined
  }
}

function line({ instancePath, message }: ErrorObject): string {
  return `${instancePath === "" ? "the body" : instancePath} ${message}`
}
