import { connect, type Socket } from "node:net"
import { z } from "zod"
import { QuillonError } from "../../src/errors.js"
import type { Input, Output } from "../io.js"
import { createFrameReader, encodeFrame, encodeInput, encodeSize, type Frame } from "./frames.js"

/** What runs in the container, and how. */
export interface RemoteWish {
  /** A command; the shell when absent. */
  readonly argv?: readonly string[]
  /** Whether it gets a terminal. */
  readonly terminal: boolean
  readonly environment: Readonly<Record<string, string>>
  /** Shells in order of preference; the first that is there is started. */
  readonly shells: readonly (readonly string[])[]
  /** What is added to the search path, with its colon. */
  readonly path: string
}

/** Where a shell is to be had. */
export interface RemotePlace {
  readonly port: number
  readonly token: string
}

/** The streams that the remote command is joined to. */
export interface LocalStreams {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  /** Ends the connection when it is aborted. */
  readonly signal: AbortSignal
}

/** How a remote command ended. */
export type RemoteEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: string }
  | { readonly kind: "unstartable"; readonly why: string }

const end = z.union([
  z.object({ code: z.number() }).transform(({ code }) => ({ kind: "exited" as const, code })),
  z.object({ signal: z.string() }).transform(({ signal }) => ({ kind: "signalled" as const, signal })),
  z.object({ why: z.string() }).transform(({ why }) => ({ kind: "unstartable" as const, why })),
])

/**
 * Runs a command at the other end of a connection with the streams of this one, until it ends.
 *
 * @throws QuillonError SHELL_REFUSED where nobody lets us in, SHELL_LOST where the connection broke
 */
export async function runRemotely(place: RemotePlace, wish: RemoteWish, local: LocalStreams): Promise<RemoteEnd> {
  const socket = connect({ port: place.port, host: "127.0.0.1", noDelay: true, signal: local.signal })
  const wires = new Wires(socket, wish, local)
  try {
    return await wires.join(place.token)
  } finally {
    wires.cut()
  }
}

/** A connection with what was hung on our own streams, so that all of it can be taken off again. */
class Wires {
  readonly #socket: Socket
  readonly #wish: RemoteWish
  readonly #local: LocalStreams
  readonly #undo: (() => void)[] = []
  #admitted = false

  constructor(socket: Socket, wish: RemoteWish, local: LocalStreams) {
    this.#socket = socket
    this.#wish = wish
    this.#local = local
  }

  join(token: string): Promise<RemoteEnd> {
    const read = createFrameReader()
    return new Promise((resolve, reject) => {
      this.#socket.on("connect", () => {
        this.#socket.write(token)
        this.#socket.write(encodeFrame("O", JSON.stringify(this.#opening())))
      })
      this.#socket.on("data", (data: Buffer) => {
        for (const frame of read(data)) {
          const ended = this.#receive(frame)
          if (ended !== undefined) resolve(ended)
        }
      })
      // An end without the last frame is no end of the command.
      this.#socket.on("error", () => reject(this.#lost()))
      this.#socket.on("close", () => reject(this.#lost()))
    })
  }

  cut(): void {
    for (const undo of this.#undo) undo()
    this.#local.stdin.pause()
    this.#socket.destroy()
  }

  #opening(): unknown {
    const { argv = null, ...wish } = this.#wish
    return { ...wish, argv, ...this.#size() }
  }

  #size(): { rows: number; columns: number } {
    const { rows, columns } = this.#local.stdout
    return { rows: rows || 24, columns: columns || 80 }
  }

  #receive({ kind, payload }: Frame): RemoteEnd | undefined {
    if (kind === "A") this.#admit()
    if (kind === "D") this.#show(this.#local.stdout, payload)
    if (kind === "F") this.#show(this.#local.stderr, payload)
    return kind === "X" ? end.parse(JSON.parse(payload.toString("utf8"))) : undefined
  }

  /** The shell is ours: what is typed goes to it, and it hears of the terminal's size. */
  #admit(): void {
    this.#admitted = true
    const { stdin, stdout } = this.#local
    this.#hang(stdin, "data", (data: Buffer | string) => this.#send(encodeInput(Buffer.from(data))))
    this.#hang(stdin, "end", () => this.#socket.write(encodeFrame("E")))
    if (this.#wish.terminal) this.#hang(stdout, "resize", () => this.#socket.write(encodeSize(this.#size())))
    stdin.resume()
  }

  #hang<T>(stream: Input | Output, event: string, listener: (value: T) => void): void {
    stream.on(event, listener)
    this.#undo.push(() => void stream.off(event, listener))
  }

  /** A paste waits until the other side has taken what is under way. */
  #send(data: Buffer): void {
    if (this.#socket.write(data)) return
    this.#local.stdin.pause()
    this.#socket.once("drain", () => this.#local.stdin.resume())
  }

  #show(output: Output, data: Buffer): void {
    if (output.write(data)) return
    this.#socket.pause()
    output.once("drain", () => this.#socket.resume())
  }

  #lost(): QuillonError {
    if (!this.#admitted) {
      return new QuillonError({
        code: "SHELL_REFUSED",
        message: "the container did not let us in: its only client was another one, or it ended",
        next: "type the same line again",
        kind: "environment",
      })
    }
    return new QuillonError({
      code: "SHELL_LOST",
      message: "the connection to the container broke: the engine ended, was stopped or can't be reached",
      next: "look at it with: quillon engine status",
      kind: "environment",
    })
  }
}
