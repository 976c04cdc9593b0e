/** What a step of the engine printed. */
export interface LogNews {
  /** The span of the step. */
  readonly span: string
  /** The newest line of it that says something; as the tool printed it. */
  readonly line: string
}

interface OtlpLogs {
  readonly resourceLogs?: readonly {
    readonly scopeLogs?: readonly { readonly logRecords?: readonly OtlpRecord[] }[]
  }[]
}

interface OtlpRecord {
  readonly spanId?: string
  readonly body?: { readonly stringValue?: string }
}

/** Reads one batch of `GET /v1/logs` (OTLP as JSON): the newest line of each span. Pure. */
export function readLogs(data: string): readonly LogNews[] {
  const batch = JSON.parse(data) as OtlpLogs
  const newest = new Map<string, string>()
  for (const { spanId, body } of (batch.resourceLogs ?? [])
    .flatMap(({ scopeLogs }) => scopeLogs ?? [])
    .flatMap(({ logRecords }) => logRecords ?? [])) {
    const line = (body?.stringValue ?? "").split("\n").findLast((text) => text.trim() !== "")
    if (spanId !== undefined && line !== undefined) newest.set(spanId, line)
  }
  return [...newest].map(([span, line]) => ({ span, line }))
}
