import type { Address } from "../src/pipeline/cell.js"

/** What one span of the engine means to us. */
export type SpanNews =
  /** A step of a cell; the engine sends it when it begins and again when it ended. */
  | {
      readonly kind: "step"
      readonly address: Address
      readonly command: string
      /** The engine's digest of the call: another attempt has another one. */
      readonly digest: string
      /** Under which the engine sends what the step prints. */
      readonly span: string
      readonly ended: boolean
      readonly cached: boolean
    }
  /** An image is being resolved or pulled. */
  | { readonly kind: "pull"; readonly image: string; readonly ended: boolean }
  /** Files of the project are being uploaded. */
  | { readonly kind: "upload"; readonly ended: boolean }

interface OtlpSpan {
  readonly name?: string
  readonly spanId?: string
  readonly endTimeUnixNano?: string
  readonly attributes?: readonly { readonly key: string; readonly value: OtlpValue }[]
}

interface OtlpValue {
  readonly stringValue?: string
  readonly boolValue?: boolean
}

interface OtlpBatch {
  readonly resourceSpans?: readonly {
    readonly scopeSpans?: readonly { readonly spans?: readonly OtlpSpan[] }[]
  }[]
}

const CALL = "dagger.io/dag.call"
const CACHED = "dagger.io/dag.cached"
const DIGEST = "dagger.io/dag.digest"
/** Go's zero time in nanoseconds, as unsigned 64 bits: the span has not ended. */
const NOT_ENDED = "11651379494838206464"

/** Reads one batch of `GET /v1/traces` (OTLP as JSON). Spans that mean nothing to us are left out. Pure. */
export function readSpans(data: string): readonly SpanNews[] {
  const batch = JSON.parse(data) as OtlpBatch
  return (batch.resourceSpans ?? [])
    .flatMap(({ scopeSpans }) => scopeSpans ?? [])
    .flatMap(({ spans }) => spans ?? [])
    .flatMap(readSpan)
}

function readSpan(span: OtlpSpan): readonly SpanNews[] {
  const ended = span.endTimeUnixNano !== undefined && span.endTimeUnixNano !== NOT_ENDED
  switch (span.name) {
    case "Container.withExec": {
      const step = stepOf(callOf(span))
      const digest = attribute(span, DIGEST)?.stringValue ?? ""
      const cached = attribute(span, CACHED)?.boolValue === true
      return step === undefined ? [] : [{ kind: "step", ...step, digest, span: span.spanId ?? "", ended, cached }]
    }
    case "Container.from": {
      const image = argumentOf(callOf(span), "address")
      return image === undefined ? [] : [{ kind: "pull", image, ended }]
    }
    case "Host.directory":
      return [{ kind: "upload", ended }]
    default:
      return []
  }
}

function attribute(span: OtlpSpan, key: string): OtlpValue | undefined {
  return span.attributes?.find((entry) => entry.key === key)?.value
}

function callOf(span: OtlpSpan): Buffer {
  return Buffer.from(attribute(span, CALL)?.stringValue ?? "", "base64")
}

const MARK = "quillon:"

/** Finds `quillon:<address>:<command>` among the arguments: a protobuf string, so its length stands before it. */
function stepOf(call: Buffer): { address: Address; command: string } | undefined {
  for (let at = call.indexOf(MARK); at > 0; at = call.indexOf(MARK, at + 1)) {
    const text = call.subarray(at, at + (call[at - 1] ?? 0)).toString("utf8")
    const [, address, command] = /^quillon:([^:]+):(.+)$/s.exec(text) ?? []
    if (address !== undefined && command !== undefined) return { address, command }
  }
  return undefined
}

/** The string argument of a name: field 1 (name), then field 2 (literal) with the string in field 7. */
function argumentOf(call: Buffer, name: string): string | undefined {
  const head = Buffer.concat([Buffer.from([0x0a, name.length]), Buffer.from(name), Buffer.from([0x12])])
  const at = call.indexOf(head)
  if (at === -1) return undefined
  const literal = at + head.length
  const length = call[literal + 2] ?? 0
  return call.subarray(literal + 3, literal + 3 + length).toString("utf8")
}
