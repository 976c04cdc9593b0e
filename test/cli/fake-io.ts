import { PassThrough, Writable } from "node:stream"
import type { Io, Output } from "../../cli/io.js"

/** A process that is only memory. */
export interface FakeIo extends Io {
  /** All that was written to stdout. */
  out(): string
  err(): string
  code(): number
}

/** Makes one; nothing is a terminal unless a test says so. */
export function fakeIo(differs: Partial<Io> & { readonly rows?: number } = {}): FakeIo {
  const { rows, ...others } = differs
  const stdout = collector({ columns: differs.columns, rows })
  const stderr = collector({})
  let code = 0
  return {
    env: {},
    argv: [],
    cwd: "/project",
    stdin: new PassThrough(),
    stdout,
    stderr,
    isTTY: false,
    columns: 80,
    colour: false,
    leave(next) {
      code = next
    },
    ...others,
    out: () => stdout.text,
    err: () => stderr.text,
    code: () => code,
  }
}

type Collector = Output & { text: string }

function collector(size: { readonly columns?: number | undefined; readonly rows?: number | undefined }): Collector {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      collected.text += String(chunk)
      done()
    },
  })
  const collected: Collector = Object.assign(stream, { text: "", ...size }) as Collector
  return collected
}
