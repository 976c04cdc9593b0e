import { describe, expect, test } from "vitest"
import { DEBIAN_KEYRING, type HostFacts, missingPackages, preflight, WANTED_PROGRAMS } from "../../engine/preflight.js"

const good: HostFacts = {
  platform: "linux",
  architecture: "x64",
  uid: 0,
  go: "1.26.8",
  freeBytes: 50e9,
  cache: "/root/.cache/quillon/engine",
  programs: new Set(WANTED_PROGRAMS),
  files: new Set([DEBIAN_KEYRING]),
  filesystems: "nodev\ttmpfs\nnodev\toverlay\n\text4\n",
}
const cold = { compile: true, bootstrap: true }
const warm = { compile: false, bootstrap: false }
const without = (...names: string[]) => new Set(WANTED_PROGRAMS.filter((name) => !names.includes(name)))

describe("preflight", () => {
  test("finds nothing in the way on a good machine", () => {
    expect(preflight(good, cold)).toEqual([])
  })

  test.each([
    ["another system", { platform: "darwin" }, "ENGINE_NEEDS_LINUX", /darwin/, /Docker/],
    ["an ordinary user", { uid: 1000 }, "ENGINE_NEEDS_ROOT", /user 1000/, /sudo/],
    ["no Go", { go: undefined }, "ENGINE_NEEDS_GO", /no go on PATH/, /Go 1\.21.*--from FILE/],
    ["Debian 12's own Go", { go: "1.19.8" }, "ENGINE_GO_TOO_OLD", /1\.19\.8/, /Go 1\.21/],
    ["a full disk", { freeBytes: 1.2e9 }, "ENGINE_DISK_FULL", /1\.2 GB free, 8\.0 GB/, /XDG_CACHE_HOME/],
    ["no overlay file system", { filesystems: "\text4\n" }, "ENGINE_NEEDS_OVERLAY", /overlay/, /modprobe overlay/],
    ["an odd processor", { architecture: "riscv64" }, "ENGINE_ARCHITECTURE", /riscv64/, /x64 or arm64/],
    [
      "a distribution without apt",
      { programs: without("apt-get", "mmdebstrap", "ip") },
      "ENGINE_NEEDS_PROGRAMS",
      /iproute2, mmdebstrap/,
      /install/,
    ],
  ] as const)("says in one line what is wrong with %s, and the remedy", (_, facts, code, message, next) => {
    const [problem] = preflight({ ...good, ...facts }, cold)
    expect(problem?.code).toBe(code)
    expect(problem?.message).toMatch(message)
    expect(problem?.message).not.toContain("\n")
    expect(problem?.next).toMatch(next)
  })

  test("accepts the oldest Go that fetches its own toolchain", () => {
    expect(preflight({ ...good, go: "1.21.0" }, cold)).toEqual([])
  })

  test("asks for neither Go nor apt nor much disk when everything is made already", () => {
    const facts = { ...good, go: undefined, freeBytes: 3e9, programs: without("apt-get", "mmdebstrap") }
    expect(preflight(facts, warm)).toEqual([])
  })
})

describe("missingPackages", () => {
  test("names a package once, whatever it is missing for", () => {
    expect(missingPackages({ ...good, programs: without("nsenter", "unshare", "iptables") }, cold)).toEqual([
      "util-linux",
      "iptables",
    ])
  })

  test("asks for Debian's keys where another distribution bootstraps", () => {
    expect(missingPackages({ ...good, files: new Set() }, cold)).toEqual(["debian-archive-keyring"])
    expect(missingPackages({ ...good, files: new Set() }, warm)).toEqual([])
  })
})
