import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, test } from "vitest"
import { Bench, PYTHON, SUPERVISE } from "./supervised-process.js"

/** Python expressions of bytes, and what a person sees of them. */
const SHOWN = [
  ["colours", String.raw`b'\x1b[31mred\x1b[0m'`, "red"],
  ["cursor movement", String.raw`b'\x1b[2J\x1b[1;1Htop\x1b[?25l'`, "top"],
  ["a window title", String.raw`b'\x1b]0;title\x07text'`, "text"],
  ["a link", String.raw`b'\x1b]8;;http://x\x1b\\here\x1b]8;;\x1b\\'`, "here"],
  ["an escape that never ends", String.raw`b'a\x1b]0;title'`, "a"],
  ["a C1 control sequence", String.raw`b'\xc2\x9b31mred'`, "red"],
  ["a progress line", String.raw`b'10%\r20%\r\ndone'`, "10%\n20%\ndone"],
  ["a bell and a zero", String.raw`b'a\x07b\x00c'`, String.raw`a\x07b\x00c`],
  ["text that runs backwards", String.raw`'a\u202eb'.encode()`, String.raw`a\u202eb`],
  ["bytes that are not UTF-8", String.raw`b'a\xff\xfeb'`, "a��b"],
  ["tabs and letters of the world", String.raw`'\tü 日本 🗡'.encode()`, "\tü 日本 🗡"],
  ["a GitHub command", "b'::error file=a::b'", ": :error file=a::b"],
  ["an indented GitHub command", String.raw`b'\n  ::stop-commands::x'`, "\n  : :stop-commands::x"],
  ["a command behind an escape", String.raw`b'\x1b[0m::add-mask::x'`, ": :add-mask::x"],
  ["a command behind a carriage return", String.raw`b'x\r::error::y'`, "x\n: :error::y"],
  ["an old GitHub command, anywhere in the line", "b'say ##[error]x'", "say ## [error]x"],
  ["an Azure command", "b'##vso[task.complete]x'", "## vso[task.complete]x"],
  ["colons within a line", "b'std::vector a::b'", "std::vector a::b"],
] as const

/** What the supervisor shows of each; one process for all. */
async function neutralised(): Promise<readonly string[]> {
  const program = `
import json, runpy
supervise = runpy.run_path(${JSON.stringify(SUPERVISE)})
texts = [${SHOWN.map(([, bytes]) => bytes).join(", ")}]
print(json.dumps([supervise["neutralise"](text.decode("utf-8", "replace")) for text in texts]))
`
  const { stdout } = await execa(PYTHON, ["-I", "-c", program])
  return JSON.parse(stdout)
}

describe("the tail of an output", async () => {
  const shown = await neutralised()

  test.each(SHOWN.map(([what, , harmless], number) => ({ what, harmless, number })))(
    "shows $what harmlessly",
    ({ harmless, number }) => {
      expect(shown[number]).toBe(harmless)
    },
  )

  test("is neutralised, and the file keeps what was written", async () => {
    using bench = new Bench()
    const { stdout } = await bench.python(String.raw`print("\x1b[31m::error::x\x07\r")`)
    expect(stdout).toEqual({ tail: ": :error::x\\x07\n", bytes: 18, truncated: false })
    expect(bench.text("stdout")).toBe("\u001b[31m::error::x\u0007\r\n")
  })

  test("is bounded, begins with a whole line, and says that it was cut", async () => {
    using bench = new Bench()
    const { stdout } = await bench.python("for i in range(20000): print('line', i)")
    expect(stdout.tail.length).toBeLessThanOrEqual(32 * 1024)
    expect(stdout.tail).toMatch(/^line \d+\n/)
    expect(stdout.tail).toMatch(/line 19999\n$/)
    expect(stdout).toMatchObject({ truncated: true, bytes: bench.text("stdout").length })
  })

  test("is bounded where one line fills it all", async () => {
    using bench = new Bench()
    const { stderr } = await bench.python("import sys; sys.stderr.write('ü' * 100_000)")
    expect(stderr.tail).toMatch(/^ü+$/)
    expect(stderr).toMatchObject({ truncated: true, bytes: 200_000 })
  })

  test("keeps standard output and standard error apart", async () => {
    using bench = new Bench()
    const execution = await bench.run({ argv: ["sh", "-c", "echo out; echo err >&2"] })
    expect(execution).toMatchObject({ stdout: { tail: "out\n" }, stderr: { tail: "err\n" } })
  })

  test("200 MB pass to the file without memory", async () => {
    using bench = new Bench()
    const program = `
import resource, subprocess, sys
done = subprocess.run([sys.executable, *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
`
    const spec = JSON.stringify({
      out: bench.out,
      timeout: 60,
      grace: 1,
      reports: [],
      keeps: [],
      hide: [],
      secrets: [],
    })
    const command = ["head", "-c", "200000000", "/dev/zero"]
    const args = ["-c", program, "-I", "-S", SUPERVISE, "quillon:x:y", spec, "--", ...command]
    const { stdout } = await execa(PYTHON, args)
    expect(statSync(join(bench.out, "stdout")).size).toBe(200_000_000)
    expect(Number(stdout)).toBeLessThan(40_000_000)
  })
})

describe.concurrent("reports", () => {
  test("are read as text, whole, also where they are not UTF-8", async () => {
    using bench = new Bench()
    const { reports } = await bench.python(String.raw`open("r.json", "wb").write(b'{"a": "\x1b[1m\xff"}')`, {
      reports: [["json", bench.path("r.json")]],
    })
    expect(reports).toEqual({ json: '{"a": "\u001b[1m�"}' })
  })

  test("are absent where the command wrote none, or a folder, a pipe, or a file that was there before", async () => {
    using bench = new Bench()
    writeFileSync(bench.path("old"), "of an earlier run")
    const { reports } = await bench.python("import os; os.mkdir('folder'); os.mkfifo('pipe')", {
      reports: ["none", "folder", "pipe", "old"].map((name) => [name, bench.path(name)] as const),
    })
    expect(reports).toEqual({})
  })

  test("are present where the command wrote over a file that was there before", async () => {
    using bench = new Bench()
    writeFileSync(bench.path("old"), "1")
    const { reports } = await bench.python("open('old', 'w').write('2')", { reports: [["old", bench.path("old")]] })
    expect(reports).toEqual({ old: "2" })
  })

  test("are cut at 8 MiB with a mark that says so", async () => {
    using bench = new Bench()
    const { reports } = await bench.python("open('big', 'w').write('x' * 9_000_000)", {
      reports: [["big", bench.path("big")]],
    })
    expect(reports.big).toMatch(/x\n\[quillon: cut after 8388608 of 9000000 bytes\]\n$/)
    expect(reports.big?.indexOf("\n")).toBe(8_388_608)
  })

  test("survive a command that was killed", async () => {
    using bench = new Bench()
    const { exit, reports } = await bench.python(
      "import os; f = open('r', 'w'); f.write('half'); f.close(); os.kill(os.getpid(), 9)",
      { reports: [["r", bench.path("r")]] },
    )
    expect({ exit, reports }).toEqual({ exit: { kind: "signalled", signal: "SIGKILL" }, reports: { r: "half" } })
  })
})

describe.concurrent("what is kept", () => {
  const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

  test("is copied with its size and digest: files below a folder, by kind", async () => {
    using bench = new Bench()
    mkdirSync(bench.path("dist/sub"), { recursive: true })
    writeFileSync(bench.path("dist/a-1.whl"), "hello")
    writeFileSync(bench.path("dist/sub/run"), "hello")
    chmodSync(bench.path("dist/sub/run"), 0o700)
    const { kept } = await bench.run({ argv: ["true"], keeps: [["wheel", bench.path("dist")]] })
    expect(kept).toEqual({
      wheel: [
        { path: "a-1.whl", bytes: 5, sha256: HELLO },
        { path: "sub/run", bytes: 5, sha256: HELLO },
      ],
    })
    expect(bench.text("kept/wheel/sub/run")).toBe("hello")
    expect(statSync(join(bench.out, "kept/wheel/sub/run")).mode & 0o777).toBe(0o755)
    expect(statSync(join(bench.out, "kept/wheel/a-1.whl")).mode & 0o777).toBe(0o644)
  })

  test("is one file under its own name; two outputs of a kind lie together", async () => {
    using bench = new Bench()
    writeFileSync(bench.path(".coverage"), "hello")
    writeFileSync(bench.path("x.json"), "hello")
    const keeps = [".coverage", "x.json"].map((name) => ["coverage-data", bench.path(name)] as const)
    const { kept } = await bench.run({ argv: ["true"], keeps })
    expect(kept["coverage-data"]?.map(({ path }) => path)).toEqual([".coverage", "x.json"])
  })

  test("has the same time whenever it was made, so that the same files are the same folder", async () => {
    using bench = new Bench()
    await bench.python("open('f', 'w').write('x')", { keeps: [["k", bench.path("f")]] })
    expect(statSync(join(bench.out, "kept/k/f")).mtime.toISOString()).toBe("1980-01-01T00:00:00.000Z")
  })

  test("is an empty folder where the command left nothing", async () => {
    using bench = new Bench()
    const { kept } = await bench.run({ argv: ["true"], keeps: [["wheel", bench.path("nothing")]] })
    expect(kept).toEqual({ wheel: [] })
    expect(bench.has("kept/wheel")).toBe(true)
  })

  test("holds no pipe and no folder outside that a link leads to", async () => {
    using bench = new Bench()
    mkdirSync(bench.path("dist"))
    symlinkSync("/etc", bench.path("dist/etc"))
    await execa("mkfifo", [bench.path("dist/pipe")])
    expect((await bench.run({ argv: ["true"], keeps: [["wheel", bench.path("dist")]] })).kept).toEqual({ wheel: [] })
  })

  test("may have a name that is not UTF-8", async () => {
    using bench = new Bench()
    const { kept } = await bench.python(String.raw`import os; os.mkdir(b'd'); open(b'd/\xff', 'w').close()`, {
      keeps: [["k", bench.path("d")]],
    })
    expect(kept.k?.map(({ path }) => path)).toEqual(["\udcff"])
  })
})
