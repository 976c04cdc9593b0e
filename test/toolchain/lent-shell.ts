import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { PYTHON } from "./supervised-process.js"

const PTY_SERVER = join(import.meta.dirname, "../../src/toolchain/python/pty_server.py")

/** What the tests' token is. */
export const TOKEN = "0123456789abcdef".repeat(4)

/** What a client asks for, as pty_server.py documents it. */
export interface Opening {
  readonly argv?: readonly string[] | null
  readonly terminal?: boolean
  readonly rows?: number
  readonly columns?: number
  readonly environment?: Readonly<Record<string, string>>
  readonly shells?: readonly (readonly string[])[]
  readonly path?: string
}

/** pty_server.py as a process of this machine. */
export class LentShell implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), "quillon-shell-"))
  readonly #process: ChildProcess
  readonly port: number
  said = ""

  private constructor(port: number, seconds: number, env: Readonly<Record<string, string>>) {
    this.port = port
    const token = join(this.folder, "token")
    writeFileSync(token, `${TOKEN}\n`)
    const argv = ["-I", "-S", PTY_SERVER, String(port), token, String(seconds)]
    this.#process = spawn(PYTHON, argv, { cwd: this.folder, env: { PATH: process.env.PATH, LANG: "C.UTF-8", ...env } })
    this.#process.stderr?.on("data", (text) => {
      this.said += String(text)
    })
  }

  static async start({ seconds = 20, env = {} }: { seconds?: number; env?: Record<string, string> } = {}) {
    return new LentShell(await freePort(), seconds, env)
  }

  /** A connection, once the server listens. @throws Error where it ended instead */
  async connect(): Promise<Socket> {
    for (;;) {
      const socket = connect(this.port, "127.0.0.1")
      const error = await Promise.race([once(socket, "connect").then(() => undefined), once(socket, "error")])
      if (error === undefined) return socket
      if (this.#process.exitCode !== null) throw new Error(`the server ended: ${this.said}`)
      await sleep(20)
    }
  }

  /** A client that said the token. */
  async enter(opening: Opening): Promise<Client> {
    return new Client(await this.connect(), opening)
  }

  /** The exit code of the server, once it ended. */
  async ended(): Promise<number | null> {
    if (this.#process.exitCode === null) await once(this.#process, "exit")
    return this.#process.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGKILL")
    await this.ended()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The protocol, written down a second time. */
export class Client {
  readonly socket: Socket
  readonly closed: Promise<unknown>
  out = ""
  err = ""
  end: unknown
  #rest = Buffer.alloc(0)

  constructor(socket: Socket, opening: Opening) {
    this.socket = socket
    this.closed = once(socket, "close")
    socket.on("error", () => {})
    socket.on("data", (data) => this.#read(data))
    socket.write(TOKEN)
    const usual = {
      argv: null,
      terminal: false,
      rows: 24,
      columns: 80,
      environment: {},
      shells: [["sh", "-i"]],
      path: "",
    }
    this.send("O", JSON.stringify({ ...usual, ...opening }))
  }

  send(kind: string, payload: string | Uint8Array = ""): void {
    const bytes = Buffer.from(payload)
    const length = [24, 16, 8, 0].map((shift) => (bytes.length >> shift) & 255)
    this.socket.write(Buffer.concat([Buffer.from(kind), Buffer.from(length), bytes]))
  }

  /** Waits until the output has a text. @throws Error with the output after five seconds */
  async sees(text: string | RegExp): Promise<void> {
    const there = () => (typeof text === "string" ? this.out.includes(text) : text.test(this.out))
    for (let tries = 0; !there(); tries += 1) {
      if (tries > 800 || this.socket.destroyed) throw new Error(`no ${text} in ${JSON.stringify(this.out)}`)
      await sleep(10)
    }
  }

  /** Waits for the last frame. */
  async ends(): Promise<unknown> {
    await this.closed
    return this.end
  }

  #read(data: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, data])
    while (this.#rest.length >= 5 && this.#rest.length >= 5 + this.#rest.readUInt32BE(1)) {
      const end = 5 + this.#rest.readUInt32BE(1)
      const [kind, payload] = [String.fromCharCode(this.#rest[0] ?? 0), this.#rest.subarray(5, end)]
      this.#rest = this.#rest.subarray(end)
      if (kind === "D") this.out += payload.toString("latin1")
      if (kind === "F") this.err += payload.toString("latin1")
      if (kind !== "X") continue
      this.end = JSON.parse(payload.toString())
      this.socket.end()
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
