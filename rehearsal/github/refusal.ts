import { type Answer, json } from "../http/exchange.js"

/** One error of a 422 answer, as GitHub's REST API describes it. */
export interface FieldError {
  readonly resource: "Release" | "ReleaseAsset"
  readonly code: "already_exists" | "invalid" | "missing_field" | "custom"
  readonly field?: string
  readonly message?: string
}

const DOCUMENTATION = "https://docs.github.com/rest/releases"

/** An answer with GitHub's plain error. */
export function refuse(status: number, message: string, headers: Answer["headers"] = {}): Answer {
  return json(status, { message, documentation_url: DOCUMENTATION, status: `${status}` }, headers)
}

/** What GitHub answers for a thing that is not there, and for one that the caller may not see. */
export function notFound(): Answer {
  return refuse(404, "Not Found")
}

/** A 422 that names fields. */
export function invalid(...errors: readonly FieldError[]): Answer {
  return json(422, { message: "Validation Failed", errors, documentation_url: DOCUMENTATION, status: "422" })
}
