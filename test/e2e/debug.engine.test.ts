import { createHash, randomInt } from "node:crypto"
import { once } from "node:events"
import { connect } from "node:net"
import { expect, test } from "vitest"
import { quillon } from "./quillon.js"
import { smallProject, withSettings } from "./small-project.js"
import { childrenOf, openPorts, runsAnywhere, Terminal } from "./terminal.js"

const testFile = (body: string) => ({ "tests/test_double.py": body })
const FAILING = testFile("def test_sum() -> None:\n    assert 1 + 1 == 3\n")
const PROMPT = /test@3\.13\S* \/work \$ /

/** What a connection to a port of this machine hears before it is closed. */
async function knock(port: number): Promise<string> {
  const socket = connect(port, "127.0.0.1")
  let heard = ""
  socket.on("data", (data) => {
    heard += String(data)
  })
  const refused = new Promise<string>((resolve) => socket.once("error", ({ message }) => resolve(message)))
  socket.write("x".repeat(64))
  await Promise.race([once(socket, "close"), refused])
  return heard
}

test("a person stands in the container of a failed stage as on a machine of his own, and leaves nothing there", async () => {
  const cwd = await smallProject(FAILING)
  using terminal = new Terminal(["debug", "test"], { cwd })
  await terminal.sees(/test@3\.13\S* before pytest/)
  await terminal.sees(PROMPT)
  terminal.type("python --version; id -un; ls tests; stty size\n")
  await terminal.sees(/Python 3\.13\.\d+\r\nquillon\r\ntest_double\.py\r\n30 100\r\n/)

  terminal.resize(20, 70)
  terminal.type("stty size\n")
  await terminal.sees(/[\r\n]20 70\r\n/)
  terminal.type("echo grüße 漢字 | tee greeting\n")
  await terminal.sees(/[\r\n]grüße 漢字\r\n/)

  // The command says itself that it runs: between two commands Ctrl-C is the shell's.
  terminal.type("sh -c 'echo on; exec sleep 600'\n")
  await terminal.sees(/[\r\n]on\r\n/)
  terminal.type("\x03")
  terminal.type("echo after $?\n")
  await terminal.sees(/[\r\n]after 130\r\n/)

  const paste = Array.from({ length: 4_000 }, (_, i) => `${i} grüße ${"x".repeat(45)}\n`).join("")
  terminal.type("stty -echo; cat > pasted; sha256sum pasted; stty echo\n")
  terminal.type(`${paste}\x04`)
  await terminal.sees(new RegExp(createHash("sha256").update(paste).digest("hex")))

  terminal.type("rerun -q\n")
  await terminal.sees(/assert \(?1 \+ 1\)? == 3/)
  await terminal.sees(PROMPT)

  const mark = String(randomInt(10 ** 8, 10 ** 9))
  terminal.type(`nohup sleep ${mark} >/dev/null 2>&1 &\n`)
  await terminal.sees(PROMPT)
  const [session = 0] = childrenOf(terminal.pid)
  const [port = 0] = openPorts(session)
  expect(port).toBeGreaterThan(0)
  expect(await knock(port)).toBe("")
  terminal.type("exit 7\n")
  expect(await terminal.ended()).toEqual({ code: 7, restored: true })
  expect(runsAnywhere(mark)).toBe(false)
  await expect(once(connect(port, "127.0.0.1"), "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" })
})

test("one command runs there in place of the shell, with our streams and its exit code", async () => {
  const cwd = await smallProject(FAILING)
  const inside = ["sh", "-c", "cat; echo err >&2; exit 3"]
  const running = quillon(["debug", "test@3.13", "--", ...inside], { cwd, input: "typed" })
  expect(await running).toMatchObject({ exitCode: 3, stdout: "typed", stderr: "err" })
})

test.each([
  ["was killed", "os.kill(os.getpid(), signal.SIGKILL)"],
  ["took too long", "time.sleep(60)"],
])("what a command left behind is there after it %s", async (_, deed) => {
  const body = `import os\nimport signal\nimport time\n\n\ndef test_dies() -> None:\n    open("left", "w").write("behind")\n    ${deed}\n`
  const cwd = await smallProject({ ...withSettings("test.timeout = 5"), ...testFile(body) })
  expect(await quillon(["debug", "test", "--after", "--", "cat", "left"], { cwd })).toMatchObject({
    exitCode: 0,
    stdout: "behind",
  })
})

test("--run stays only where the stage does not pass", async () => {
  const cwd = await smallProject()
  const { exitCode, stdout, stderr } = await quillon(["debug", "test", "--run", "--", "echo", "in"], { cwd })
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" })
  expect(stderr).toBe("test@3.13 passed: 1 passed")
})

test("a signal in the middle of a shell gives the terminal back", async () => {
  const cwd = await smallProject(FAILING)
  using terminal = new Terminal(["debug", "test"], { cwd })
  await terminal.sees(PROMPT)
  process.kill(terminal.pid, "SIGTERM")
  expect(await terminal.ended()).toEqual({ code: 130, restored: true })
})
