import { dag } from "@dagger.io/dagger"
import { describe, expect, test } from "vitest"
import { withEngine } from "../engine-session.js"

const PYTHONS = ["3.9", "3.11", "3.13"]

/** What Docker's python:X.Y-slim has, and where. */
const THERE = [
  "/usr/local/bin/python",
  "/usr/local/bin/python3",
  "/usr/local/bin/pip",
  "/usr/local/bin/pip3",
  "/etc/ssl/certs/ca-certificates.crt",
  "/usr/share/zoneinfo/Europe/Berlin",
  "/etc/protocols",
  "/usr/bin/apt-get",
]

/** What it does not have; the last one would make the engine run it around every command. */
const ABSENT = ["git", "gcc", "cc", "make", "curl", "wget", "node", "uv", "update-ca-certificates"]

describe.each(PYTHONS)("python:%s-slim", (python) => {
  test("has what Docker's image has, and no more", async () => {
    await withEngine(async () => {
      const image = dag.container().from(`python:${python}-slim`)
      const script = [
        `for path in ${THERE.join(" ")}; do test -e "$path" || echo "missing $path"; done`,
        `for name in ${ABSENT.join(" ")}; do ! command -v "$name" || echo "unexpected $name"; done`,
        "find / -xdev -name EXTERNALLY-MANAGED",
        "find / -xdev -name '*.deb'",
        "command -v python",
      ].join("\n")
      expect(await image.withExec(["sh", "-c", script]).stdout()).toBe("/usr/local/bin/python\n")
    })
  })

  test("says what it is", async () => {
    await withEngine(async () => {
      const image = dag.container().from(`python:${python}-slim`)
      const version = await image
        .withExec(["python", "-c", "import platform; print(platform.python_version())"])
        .stdout()
      expect(version.startsWith(`${python}.`)).toBe(true)
      expect(await image.envVariable("PYTHON_VERSION")).toBe(version.trim())
      expect(await image.envVariable("LANG")).toBe("C.UTF-8")
      expect(await image.defaultArgs()).toEqual(["python3"])
      expect(await image.label("quillon.origin")).toMatch(/^debian \w+$/)
      expect(await image.label("org.opencontainers.image.version")).toBe(version.trim())
    })
  })

  test("has the standard library compiled, so that no command compiles what it imports", async () => {
    await withEngine(async () => {
      const script =
        "import importlib.util, json, os; print(os.path.exists(importlib.util.cache_from_source(json.__file__)))"
      const image = dag.container().from(`python:${python}-slim`).withUser("1000")
      // Without -B an import as root would leave what this looks for.
      expect(await image.withExec(["python", "-B", "-c", script]).stdout()).toBe("True\n")
    })
  })

  test("makes virtual environments and installs into them and into itself", async () => {
    await withEngine(async () => {
      const script =
        "python -m venv /tmp/v && /tmp/v/bin/pip --version && pip install --no-index --quiet --root-user-action=ignore 2>&1 | head -1; pip --version"
      const printed = await dag.container().from(`python:${python}-slim`).withExec(["sh", "-c", script]).stdout()
      expect(printed).toContain("/tmp/v/lib")
      expect(printed).not.toContain("externally-managed")
    })
  })
})
