/** One event of a stream: its id, and its data with lines joined. */
export interface ServerSentEvent {
  readonly id: string
  readonly event: string
  readonly data: string
}

/** Splits a stream of text into events; what is not complete yet stays for the next piece. */
export function createEventSplitter(): (piece: string) => readonly ServerSentEvent[] {
  let rest = ""
  return (piece) => {
    const blocks = (rest + piece).split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ""
    return blocks.map(parseBlock)
  }
}

function parseBlock(block: string): ServerSentEvent {
  const fields = block.split(/\r?\n/).map((line) => {
    const at = line.indexOf(":")
    return at === -1
      ? { name: line, value: "" }
      : { name: line.slice(0, at), value: line.slice(at + 1).replace(/^ /, "") }
  })
  const of = (name: string) => fields.filter((field) => field.name === name).map(({ value }) => value)
  return { id: of("id").at(-1) ?? "", event: of("event").at(-1) ?? "message", data: of("data").join("\n") }
}
