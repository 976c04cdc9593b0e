import { readFileSync } from "node:fs"
import { execa } from "execa"
import { describe, expect, test } from "vitest"
import { Bench, lives, PYTHON } from "./supervised-process.js"

describe.concurrent("how a command ended", () => {
  test.each([0, 1, 127, 255])("an exit with %i is told by its code", async (code) => {
    using bench = new Bench()
    expect((await bench.python(`raise SystemExit(${code})`)).exit).toEqual({ kind: "exited", code })
  })

  test.each(["SIGSEGV", "SIGKILL", "SIGPIPE"])("an end by %s is told by its name", async (signal) => {
    using bench = new Bench()
    const { exit } = await bench.run({ argv: ["sh", "-c", `kill -${signal.slice(3)} $$`] })
    expect(exit).toEqual({ kind: "signalled", signal })
  })

  test("a program that does not exist is unstartable", async () => {
    using bench = new Bench()
    const { exit } = await bench.run({ argv: ["no-such-program"] })
    expect(exit).toEqual({ kind: "unstartable", why: "no such program: no-such-program" })
  })

  test("a file that may not be executed is unstartable", async () => {
    using bench = new Bench()
    expect((await bench.run({ argv: ["/etc/passwd"] })).exit).toEqual({
      kind: "unstartable",
      why: "not executable: /etc/passwd",
    })
  })

  test("a script whose interpreter is missing says so", async () => {
    using bench = new Bench()
    await execa("sh", ["-c", 'printf "#!/no/interpreter\\n" > x && chmod 755 x'], { cwd: bench.folder })
    const { exit } = await bench.run({ argv: [bench.path("x")] })
    expect(exit).toMatchObject({
      kind: "unstartable",
      why: expect.stringContaining("interpreter or loader that it names"),
    })
  })
})

describe.concurrent("the deadline", () => {
  test("ends a command that hangs, and what it wrote survives", async () => {
    using bench = new Bench()
    const execution = await bench.python("import time; print('started', flush=True); time.sleep(60)", { timeout: 1 })
    expect(execution).toMatchObject({ exit: { kind: "timed-out", seconds: 1 }, stdout: { tail: "started\n" } })
    expect(execution.seconds).toBeLessThan(3)
  })

  test("kills after the grace what ignores TERM", async () => {
    using bench = new Bench()
    const program = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    const { exit, seconds } = await bench.python(program, { timeout: 1, grace: 1 })
    expect(exit.kind).toBe("timed-out")
    expect(seconds).toBeGreaterThan(1.9)
    expect(seconds).toBeLessThan(5)
  })

  test("reaches grandchildren that went to a process group of their own and hold the output open", async () => {
    using bench = new Bench()
    const child = "import os, time; os.setpgid(0, 0); open('pid', 'w').write(str(os.getpid())); time.sleep(60)"
    const program = `import subprocess, sys; subprocess.run([sys.executable, "-c", ${JSON.stringify(child)}])`
    const { exit } = await bench.python(program, { timeout: 1 })
    expect(exit.kind).toBe("timed-out")
    expect(lives(readFileSync(bench.path("pid"), "utf8"))).toBe(false)
  })

  test("a command that ends in time leaves no child behind", async () => {
    using bench = new Bench()
    const { exit, seconds } = await bench.run({ argv: ["sh", "-c", "sleep 60 & echo $! > pid"] })
    expect(exit).toEqual({ kind: "exited", code: 0 })
    expect(seconds).toBeLessThan(5)
    expect(lives(readFileSync(bench.path("pid"), "utf8"))).toBe(false)
  })
})

describe.concurrent("what the command finds", () => {
  test("its environment, without what is hidden and without the engine's telemetry", async () => {
    using bench = new Bench()
    await bench.python("import json, os; print(json.dumps(dict(os.environ)))", {
      hide: ["QUILLON_NONCE"],
      environment: {
        QUILLON_NONCE: "1",
        MINE: "kept",
        OTEL_SERVICE_NAME: "kept",
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1",
        TRACEPARENT: "00-1-2-01",
      },
    })
    const environment = JSON.parse(bench.text("stdout"))
    expect(environment).toMatchObject({ MINE: "kept", OTEL_SERVICE_NAME: "kept" })
    expect(environment).not.toHaveProperty("QUILLON_NONCE")
    expect(environment).not.toHaveProperty("OTEL_EXPORTER_OTLP_ENDPOINT")
    expect(environment).not.toHaveProperty("TRACEPARENT")
  })

  test("an empty standard input, default signals and a session of its own", async () => {
    using bench = new Bench()
    await bench.python(
      [
        "import os, signal, sys",
        "print(repr(sys.stdin.read()), os.getsid(0) == os.getpid(), len(signal.pthread_sigmask(signal.SIG_BLOCK, [])))",
      ].join("\n"),
    )
    expect(bench.text("stdout")).toBe("'' True 0\n")
  })

  test("its arguments as they are, whatever is in them", async () => {
    using bench = new Bench()
    const words = ["a b", "$HOME", "'", '"', "ü", "--", ""]
    const { argv } = await bench.run({ argv: [PYTHON, "-c", "import sys; print(sys.argv[1:])", ...words] })
    expect(argv.slice(3)).toEqual(words)
    expect(bench.text("stdout")).toBe(`['a b', '$HOME', "'", '"', 'ü', '--', '']\n`)
  })
})

test("names the command, its beginning, its duration and its memory", async () => {
  using bench = new Bench()
  const before = Date.now()
  const execution = await bench.python("import time; x = b'x' * 50_000_000; time.sleep(0.3)")
  expect(execution.command).toBe("pytest")
  expect(execution.started).toBeGreaterThanOrEqual(before)
  expect(execution.started).toBeLessThanOrEqual(Date.now())
  expect(execution.seconds).toBeGreaterThan(0.29)
  expect(execution.peakMemoryBytes).toBeGreaterThan(50_000_000)
  expect(execution.peakMemoryBytes).toBeLessThan(200_000_000)
})

test("TERM to the supervisor ends the command too", async () => {
  using bench = new Bench()
  const running = bench.run({ argv: ["sh", "-c", 'echo $$ > pid; kill -TERM "$PPID"; sleep 60'] })
  await expect(running).rejects.toThrow(/exit code 143/)
  expect(lives(readFileSync(bench.path("pid"), "utf8"))).toBe(false)
})
