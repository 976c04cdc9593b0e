import { createHash } from "node:crypto"
import { once } from "node:events"
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, test } from "vitest"
import { LentShell, TOKEN } from "./lent-shell.js"
import { lives, PYTHON } from "./supervised-process.js"

const PROGRAMS = join(import.meta.dirname, "../../src/toolchain/python")

describe("one command without a terminal", () => {
  test("has its streams apart and hands over its exit code", async () => {
    await using shell = await LentShell.start()
    const client = await shell.enter({ argv: ["sh", "-c", "echo out; echo err >&2; exit 7"] })
    expect(await client.ends()).toEqual({ code: 7 })
    expect([client.out, client.err]).toEqual(["out\n", "err\n"])
  })

  test("reads its input to the end", async () => {
    await using shell = await LentShell.start()
    const client = await shell.enter({ argv: ["wc", "-c"] })
    client.send("D", "x".repeat(300_000))
    client.send("D", "y")
    client.send("E")
    expect(await client.ends()).toEqual({ code: 0 })
    expect(client.out.trim()).toBe("300001")
  })

  test("that writes much is read to the end", async () => {
    await using shell = await LentShell.start()
    const client = await shell.enter({ argv: ["sh", "-c", "yes 0123456789 | head -n 200000"] })
    await client.ends()
    expect(client.out).toHaveLength(2_200_000)
  })

  test("that was ended by a signal says which", async () => {
    await using shell = await LentShell.start()
    expect(await (await shell.enter({ argv: ["sh", "-c", "kill -TERM $$"] })).ends()).toEqual({ signal: "SIGTERM" })
  })

  test("that no longer reads is not waited for by who still types", async () => {
    await using shell = await LentShell.start()
    const client = await shell.enter({ argv: ["sh", "-c", "exec <&-; sleep 0.3; exit 4"] })
    for (let i = 0; i < 40; i += 1) client.send("D", "x".repeat(60_000))
    expect(await client.ends()).toEqual({ code: 4 })
  })

  test("that is not there is named", async () => {
    await using shell = await LentShell.start()
    expect(await (await shell.enter({ argv: ["nosuch"] })).ends()).toEqual({ why: "no such program: nosuch" })
  })

  test("sees the container's environment less the engine's telemetry, and what the terminal adds", async () => {
    await using shell = await LentShell.start({
      env: { MINE: "1", TRACEPARENT: "x", OTEL_EXPORTER_OTLP_ENDPOINT: "x" },
    })
    const client = await shell.enter({ argv: ["env"], environment: { TERM: "dumb" } })
    await client.ends()
    const names = client.out.split("\n").map((line) => line.split("=")[0])
    expect(names).toEqual(expect.arrayContaining(["MINE", "TERM"]))
    expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/TRACEPARENT|OTEL/)]))
  })
})

describe("a terminal", () => {
  test("has the size of ours and follows it", async () => {
    await using shell = await LentShell.start()
    const client = await shell.enter({ terminal: true, rows: 33, columns: 111, shells: [["sh"]] })
    client.send("D", "stty size\n")
    await client.sees("33 111\r\n")
    client.send("W", Uint8Array.of(0, 20, 1, 44))
    client.send("D", "stty size\n")
    await client.sees("20 300\r\n")
  })

  test("Ctrl-C ends what runs, and the shell goes on to its own exit code", async () => {
    await using shell = await LentShell.start()
    const client = await shell.enter({ terminal: true, shells: [["nosuch"], ["sh", "-i"]] })
    // The command says itself that it runs: between two commands Ctrl-C is the shell's.
    client.send("D", "sh -c 'echo on; exec sleep 60'\n")
    await client.sees(/on\r\n$/)
    client.send("D", "\x03")
    client.send("D", "echo after $?\n")
    await client.sees("after 130")
    client.send("D", "exit 7\n")
    expect(await client.ends()).toEqual({ code: 7 })
  })

  test("takes a paste of 200 KB without loss, and text of any script", async () => {
    await using shell = await LentShell.start()
    const lines = Array.from({ length: 4_000 }, (_, i) => `${i} grüße 漢字 ${"x".repeat(40)}\n`).join("")
    const client = await shell.enter({ terminal: true, argv: ["sh", "-c", "cat > pasted"] })
    client.send("D", lines)
    client.send("D", "\x04")
    expect(await client.ends()).toEqual({ code: 0 })
    const sum = (data: string | Buffer) => createHash("sha256").update(data).digest("hex")
    expect(Buffer.byteLength(lines)).toBeGreaterThan(200_000)
    expect(sum(readFileSync(join(shell.folder, "pasted")))).toBe(sum(lines))
  })

  test("in a container without any shell is Python's", async () => {
    await using shell = await LentShell.start()
    const client = await shell.enter({ terminal: true, shells: [["nosuch"]] })
    await client.sees(">>> ")
    client.send("D", "print(6 * 7)\n")
    await client.sees("42")
  })
})

describe("who is let in", () => {
  test("a wrong token gets no byte, and the right one is let in after it", async () => {
    await using shell = await LentShell.start()
    const stranger = await shell.connect()
    const closed = once(stranger, "close")
    let heard = 0
    stranger.on("data", (data) => {
      heard += data.length
    })
    stranger.on("error", () => {})
    stranger.write(`${TOKEN.slice(0, -1)}x`)
    await closed
    expect(heard).toBe(0)
    expect(await (await shell.enter({ argv: ["true"] })).ends()).toEqual({ code: 0 })
  })

  test("nobody after the first, to whom the port is closed", async () => {
    await using shell = await LentShell.start()
    const silent = await shell.connect()
    const silentClosed = once(silent.on("error", () => {}).resume(), "close")
    const client = await shell.enter({ argv: ["cat"] })
    client.send("D", "in")
    await client.sees("in")
    const second = connect(shell.port, "127.0.0.1")
    expect((await once(second, "error"))[0]).toMatchObject({ code: "ECONNREFUSED" })
    await silentClosed
  })

  test("who does not come in time does not come at all", async () => {
    await using shell = await LentShell.start({ seconds: 0.2 })
    expect(await shell.ended()).toBe(1)
    expect(shell.said).toContain("no client came")
  })

  test("a client that goes away takes its command along", async () => {
    await using shell = await LentShell.start()
    const client = await shell.enter({ argv: ["sh", "-c", "echo $$; exec sleep 60"] })
    await client.sees("\n")
    client.socket.destroy()
    await shell.ended()
    expect(lives(client.out)).toBe(false)
  })
})

test("rerun repeats the command in its folder, with what is added", async () => {
  await using shell = await LentShell.start()
  const bin = join(shell.folder, "bin")
  mkdirSync(bin)
  copyFileSync(join(PROGRAMS, "rerun.py"), join(bin, "rerun.py"))
  writeFileSync(join(shell.folder, "command.json"), JSON.stringify(["sh", "-c", 'pwd; echo "$@"; exit 3', "sh", "a b"]))
  const argv = ["sh", "-c", `cd /; exec ${PYTHON} -I ${bin}/rerun.py --more`]
  const client = await shell.enter({ argv, path: `:${bin}` })
  expect(await client.ends()).toEqual({ code: 3 })
  expect(client.out).toBe(`${shell.folder}\na b --more\n`)
})

test.each(["pty_server.py", "rerun.py"])("%s is Python of 3.8", async (program) => {
  const parse = "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 8))"
  await execa(PYTHON, ["-c", parse, join(PROGRAMS, program)])
})
