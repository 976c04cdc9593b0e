// Stands in for graphql-request in the bundle: the same three names over node:http and one keep-alive agent.
// The original parses and prints every query with the graphql package and goes through node-fetch.
import { Agent, request } from "node:http"

/** The engine answered with errors. The SDK turns it into its own error classes. */
export class ClientError extends Error {
  constructor(response) {
    super(response.errors?.[0]?.message ?? `the engine answered with status ${response.status}`)
    this.name = "ClientError"
    this.response = response
  }
}

/** A query is already text. */
export function gql(chunks, ...values) {
  return chunks.reduce((text, chunk, i) => text + chunk + (i < values.length ? String(values[i]) : ""), "")
}

/** Sends queries to one session. */
export class GraphQLClient {
  #url
  #options
  #agent = new Agent({ keepAlive: true })

  constructor(url, options = {}) {
    this.#url = new URL(url)
    this.#options = options
  }

  async request(query) {
    const { status, text } = await this.#post(JSON.stringify({ query }))
    const body = parse(text, status)
    if (status >= 300 || body.errors?.length > 0) throw new ClientError({ status, ...body })
    return body.data
  }

  #post(body) {
    const { headers = {}, signal } = this.#options
    return new Promise((resolve, reject) => {
      const sent = request(
        this.#url,
        {
          method: "POST",
          agent: this.#agent,
          signal,
          headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body) },
        },
        (response) => {
          const chunks = []
          response.on("data", (chunk) => chunks.push(chunk))
          response.on("error", reject)
          response.on("aborted", () => reject(new Error("the engine closed the connection")))
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
          )
        },
      )
      sent.on("error", reject)
      sent.end(body)
    })
  }
}

function parse(text, status) {
  try {
    return JSON.parse(text)
  } catch {
    return { errors: [{ message: text.trim() === "" ? `empty answer, status ${status}` : text.trim() }], status }
  }
}
