import { type Container, dag } from "@dagger.io/dagger"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Command } from "../../src/pipeline/command.js"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { supervise } from "../../src/toolchain/supervisor.js"
import { openEngine } from "../engine-session.js"

const toolchain = createToolchain({ dag, settings: { python: {} } })
let engine: Awaited<ReturnType<typeof openEngine>>
let run = 0

beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine?.close())

/** Supervises a command that was never run before. */
function supervised(container: Container, command: Partial<Command> & Pick<Command, "argv">) {
  run += 1
  return supervise(
    { dag, runtime: toolchain.supervisor },
    { name: "probe", container, ...command },
    {
      address: "probe",
      timeoutSeconds: command.timeout ?? 30,
      environment: { QUILLON_NONCE: `${process.pid}-${Date.now()}-${run}` },
    },
  )
}

const execute = (container: Container, command: Partial<Command> & Pick<Command, "argv">) =>
  supervised(container, command).read()

const PROGRAM = `
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(int argc, char **argv) {
  printf("libraries %s, arguments %d\\n", getenv("LD_LIBRARY_PATH") ? getenv("LD_LIBRARY_PATH") : "none", argc);
  fflush(stdout);
  if (argc > 1 && strcmp(argv[1], "segfault") == 0) raise(SIGSEGV);
  if (argc > 1 && strcmp(argv[1], "hang") == 0) sleep(60);
  return 3;
}`

/** A container of one statically linked program and nothing else: no shell, no Python, no libc, no /tmp. */
function distroless(): Container {
  const program = toolchain
    .builder("3.13")
    .withNewFile("/tmp/program.c", PROGRAM)
    .withExec(["gcc", "-static", "-Os", "-o", "/tmp/program", "/tmp/program.c"])
    .file("/tmp/program")
  return dag.container().withFile("/program", program, { permissions: 0o755 })
}

describe("in an image without shell, Python and libc", () => {
  const ends = [
    [[], { kind: "exited", code: 3 }],
    [["segfault"], { kind: "signalled", signal: "SIGSEGV" }],
    [["hang"], { kind: "timed-out", seconds: 2 }],
  ] as const

  test.each(ends)("the program with %j ends as %j and its output is kept", async (words, exit) => {
    const execution = await execute(distroless(), { argv: ["/program", ...words], timeout: 2 })
    expect(execution.exit).toEqual(exit)
    expect(execution.stdout.tail).toBe(`libraries none, arguments ${words.length + 1}\n`)
  })

  test("an ordinary user may run it", async () => {
    const { exit } = await execute(distroless().withUser("4711:4711"), { argv: ["/program"] })
    expect(exit).toEqual({ kind: "exited", code: 3 })
  })

  test.each(["3.9", "3.11", "3.14"])("the supervisor may come from Python %s", async (version) => {
    const { supervisor } = createToolchain({ dag, settings: { python: { default: version } } })
    const command = { name: "probe", container: distroless(), argv: ["/program"] }
    const supervision = { address: "probe", timeoutSeconds: 30, environment: {} }
    const { exit } = await supervise({ dag, runtime: supervisor }, command, supervision).read()
    expect(exit).toEqual({ kind: "exited", code: 3 })
  })

  test("a program that is not there is told", async () => {
    const { exit } = await execute(distroless(), { argv: ["sh", "-c", "true"] })
    expect(exit).toEqual({ kind: "unstartable", why: "no such program: sh" })
  })
})

describe("in the interpreter images", () => {
  const python = toolchain.python("3.11")

  test.each(["3.9", "3.11", "3.13"])("of Python %s the interpreter is the image's own", async (version) => {
    const { stdout } = await execute(toolchain.python(version), {
      argv: ["python3", "-c", "import sys, ssl; print('%d.%d' % sys.version_info[:2], sys.prefix)"],
    })
    expect(stdout.tail).toMatch(new RegExp(`^${version.replace(".", "\\.")} /usr`))
  })

  test("an end by a signal leaves output, report and what is kept", async () => {
    const program = "echo half > /tmp/r; echo out; kill -KILL $$"
    const { output, read } = supervised(python, {
      argv: ["sh", "-c", program],
      reports: [{ name: "r", path: "/tmp/r" }],
      keeps: [{ kind: "k", path: "/tmp/r" }],
    })
    const execution = await read()
    expect(execution).toMatchObject({ exit: { kind: "signalled", signal: "SIGKILL" }, reports: { r: "half\n" } })
    expect(await output.file("kept/k/r").contents()).toBe("half\n")
  })

  test("200 MB of output lie in the file, and little of it in the result", async () => {
    const { output, read } = supervised(python, { argv: ["sh", "-c", "yes 0123456789 | head -c 200000000"] })
    const execution = await read()
    expect(execution.stdout).toMatchObject({ bytes: 200_000_000, truncated: true })
    expect(execution.stdout.tail.length).toBeLessThanOrEqual(32_768)
    expect(await output.file("stdout").size()).toBe(200_000_000)
  })

  test("the command does not see the supervisor in its environment", async () => {
    const { stdout } = await execute(python, { argv: ["env"] })
    const names = stdout.tail.split("\n").map((line) => line.split("=")[0])
    expect(names).toContain("PATH")
    expect(names.filter((name) => /^(QUILLON|OTEL|LD_|PYTHON(PATH|HOME)|TRACEPARENT)/.test(name ?? ""))).toEqual([])
  })

  test("the container afterwards holds what the command changed, and nothing of ours", async () => {
    const { container } = supervised(python, { argv: ["sh", "-c", "echo done > /tmp/mark"] })
    const look = container.withExec([
      "sh",
      "-c",
      "cat /tmp/mark; env | grep -c QUILLON; ls /.quillon/out /.quillon/runtime",
    ])
    await expect(container.file("/tmp/mark").contents()).resolves.toBe("done\n")
    await expect(look.stdout()).rejects.toMatchObject({ stdout: expect.stringMatching(/^done\n0$/) })
  })
})
