/** Kinds of frames, as pty_server.py names them. */
export type FrameKind = "O" | "D" | "E" | "W" | "A" | "F" | "X"

/** One message between the terminal and the container. */
export interface Frame {
  readonly kind: FrameKind
  readonly payload: Buffer
}

const HEAD = 5
/** Bytes that one frame may hold; the server refuses longer ones, and so do we. */
const LONGEST = 1024 * 1024
/** Input is cut into frames of this many bytes at most. */
const PIECE = 64 * 1024

/** A frame as it is sent: one byte of kind, four of length, the payload. */
export function encodeFrame(kind: FrameKind, payload: Buffer | string = ""): Buffer {
  const bytes = Buffer.from(payload)
  const head = Buffer.alloc(HEAD)
  head.write(kind, 0, "latin1")
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** Input of any length as frames. */
export function encodeInput(data: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let at = 0; at < data.length; at += PIECE) pieces.push(encodeFrame("D", data.subarray(at, at + PIECE)))
  return Buffer.concat(pieces)
}

/** The size of a terminal as its frame carries it. */
export function encodeSize({ rows, columns }: { readonly rows: number; readonly columns: number }): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16BE(rows, 0)
  size.writeUInt16BE(columns, 2)
  return encodeFrame("W", size)
}

/** Takes whole frames out of what comes in pieces. @throws RangeError for a frame longer than any that is sent. */
export function createFrameReader(): (data: Buffer) => readonly Frame[] {
  let rest: Buffer = Buffer.alloc(0)
  return (data) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data])
    const frames: Frame[] = []
    while (rest.length >= HEAD) {
      const length = rest.readUInt32BE(1)
      if (length > LONGEST) throw new RangeError(`a frame of ${length} bytes`)
      if (rest.length < HEAD + length) break
      frames.push({ kind: rest.toString("latin1", 0, 1) as FrameKind, payload: rest.subarray(HEAD, HEAD + length) })
      rest = rest.subarray(HEAD + length)
    }
    return frames
  }
}
