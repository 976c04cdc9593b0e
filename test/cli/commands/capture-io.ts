import { Readable, Writable } from "node:stream"
import type { Io } from "../../../cli/io.js"

/** A process that is not there: what is written to it is kept. */
export function captureIo(env: Io["env"] = {}): { readonly io: Io; output(): string } {
  let written = ""
  const sink = (): Writable =>
    new Writable({
      write(chunk, _encoding, done) {
        written += String(chunk)
        done()
      },
    })
  const io: Io = {
    env,
    argv: [],
    cwd: "/",
    stdin: Readable.from([]),
    stdout: sink(),
    stderr: sink(),
    isTTY: false,
    columns: 100,
    colour: false,
    leave: () => {},
  }
  return { io, output: () => written }
}
