import { readdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { versionCommand } from "../../../cli/commands/version.js"
import { fakeIo } from "../../cli/fake-io.js"
import { unpackSdist } from "./fetch-sdist.js"
import { pythonVenv, UV } from "./python-venv.js"

/** Releases that others made: how each states its version, the file, its sha256. */
const SDISTS: readonly (readonly [states: string, file: string, sha256: string])[] = [
  ["flit, src", "itsdangerous-2.2.0.tar.gz", "e0050c0b7da1eea53ffaf149c0cfbb5c6e2e2b69c4bef22c81fa6eb73e5f6173"],
  ["flit, static", "flask-3.0.3.tar.gz", "ceb27b0af3823ea2737928a4d99d125a06175b8512c445cbd9a9ce200ef76842"],
  ["flit, static", "werkzeug-3.0.3.tar.gz", "097e5bfda9f0aba8da6b8545146def481d06aa7d3266e7448e2cccf67dd8bd18"],
  ["flit reads the package", "jinja2-3.1.4.tar.gz", "4a3aee7acbbe7303aede8e9648d13b8bf88a429282aa6122a993f0ac800cb369"],
  ["flit, X.Y", "packaging-24.1.tar.gz", "026ed72c8ed3fcce5bf8950572258698927fd1dbda10a5e981cdf0ac37f4f002"],
  [
    "flit, imported from another module",
    "idna-3.7.tar.gz",
    "028ff3aadf0609c1fd278d8ea3089299412a7a8b9bd005dd08b9f8285bcb5cfc",
  ],
  [
    "flit, with a setup.py beside",
    "wheel-0.43.0.tar.gz",
    "465ef92c69fa5c5da2d1cf8ac40559a8c940886afcef87dcf14b9470862f1d85",
  ],
  [
    "poetry-core, [project]",
    "tomlkit-0.15.2.tar.gz",
    "83e32755ba1d20d9340bd069ee97e9f6232ba2346b63ffcba425de01f7e327a6",
  ],
  [
    "poetry-core, its own table",
    "rich-13.7.1.tar.gz",
    "9be308cb1fe2f1f57d67ce99e95af38a1e2bc71ad9813b0e247cf7ffbcc3a432",
  ],
  [
    "poetry-core, in its own tree",
    "poetry_core-1.9.0.tar.gz",
    "fa7a4001eae8aa572ee84f35feb510b321bd652e5cf9293249d62853e1f935a2",
  ],
  ["pdm, one module", "docopt_ng-0.9.0.tar.gz", "91c6da10b5bb6f2e9e25345829fb8278c78af019f6fc40887ad49b060483b1d7"],
  ["pdm", "typer-0.12.3.tar.gz", "49e73131481d804288ef62598d97a1ceef3058905aa536a1134f90891ba35482"],
  [
    "pdm, in its own tree",
    "pdm_backend-2.3.2.tar.gz",
    "b0c47e6a5f6bd7b0e2263eede0e6b2cf164a83ade81b7e73dc10f8254f60b828",
  ],
  ["hatchling path", "httpx-0.27.0.tar.gz", "a0cb88a46f32dc874e04ee956e4c2764aba2aa228f650b06788ba6bda2962ab5"],
  ["hatchling path", "starlette-0.37.2.tar.gz", "9af890290133b79fc3db55474ade20f6220a364a0402e0b556e7cd5e1e093823"],
  ["hatchling path", "uvicorn-0.30.1.tar.gz", "d46cd8e0fd80240baffbcd9ec1012a712938754afcf81bce56c024c1656aece8"],
  [
    "hatchling, VERSION",
    "pydantic_settings-2.3.4.tar.gz",
    "c5802e3d62b78e82522319bbc9b8f8ffb28ad1c988a99311d04f2a6051fca0a7",
  ],
  [
    "hatchling path, _version",
    "urllib3-2.2.2.tar.gz",
    "dd505485549a7a552833da5e6063639d0d177c04f23bc3864e41e5dc5f612168",
  ],
  [
    "hatchling, setup.py beside",
    "colorama-0.4.6.tar.gz",
    "08695f5cb7ed6e0531a20572697297273c47b8cae5a63ffc6d6ed5c201be6e44",
  ],
  ["setup.py, one module", "six-1.17.0.tar.gz", "ff70335d468e7eb6ec65b95b99d3a2836546063f63acc5171de367e834932a81"],
  [
    "setup.py searches the package",
    "click-7.1.2.tar.gz",
    "d2b5255c7c6349bc1bd1e59e08cd12acbbd63ce649f2588755783aa94dfb6b1a",
  ],
  [
    "setup.py executes a module",
    "requests-2.32.3.tar.gz",
    "55365417734eb18255590a9ff9eb97e9e1da868d4ccd6402399eaf68af20a760",
  ],
  [
    "setup.py, leading zeros",
    "certifi-2024.7.4.tar.gz",
    "5a1e7645bc0ec61a09e26c36f6106dd4cf40c6db3a1fb6352b0244e7fb057c7b",
  ],
  [
    "setup.py, Sphinx behind",
    "boltons-24.0.0.tar.gz",
    "7153feccaea1ff2e1472f68d4b57fadb796a2ee49d29f638f1c9cd8fb5ebd916",
  ],
  ["setup.py", "toml-0.10.2.tar.gz", "b3bda1d108d5dd99f4a20d24d9c348e91c4db7ab1b749200bded2f839ccbe68f"],
  ["setup.cfg attr", "cachetools-5.3.3.tar.gz", "ba29e2dfa0b8b556606f097407ed1aa62080ee108ab0dc5ec9d6a723a007d105"],
]

/** A version that none of them has, in full and as Sphinx's short form. */
const NEXT = "77.8.9"
const SHORT = "77.8"

const METADATA = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    name = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
    sys.stdout.write(wheel.read(name).decode())
`

async function version(folder: string, ...argv: readonly string[]) {
  const io = fakeIo({ cwd: folder })
  await versionCommand(io)
    .exitOverride()
    .parseAsync([...argv], { from: "user" })
  return { code: io.code(), out: io.out() }
}

/** Bytes of every file, as latin-1 so that each byte is a character. */
async function bytesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const path of await readdir(folder, { recursive: true })) {
    if ((await stat(join(folder, path))).isFile()) found.set(path, await readFile(join(folder, path), "latin1"))
  }
  return found
}

/** True where `old` is `now` with something that looks like a version in place of each new version. */
function differsInVersionsOnly(old: string, now: string): boolean {
  const [first = "", ...pieces] = now.split(new RegExp(`${NEXT}|${SHORT}|77, 8, 9`))
  if (!old.startsWith(first)) return false
  let at = first.length
  for (const [index, piece] of pieces.entries()) {
    const last = index === pieces.length - 1
    const start = last ? old.length - piece.length : old.indexOf(piece, at + 1)
    if (start <= at || !old.startsWith(piece, start) || !/^[\w.+!, -]{1,24}$/.test(old.slice(at, start))) return false
    at = start + piece.length
  }
  return at === old.length
}

test.each(SDISTS)("%s: %s says the new version everywhere, and so does its wheel", async (_states, file, sha256) => {
  const folder = await unpackSdist({ file, sha256 })
  await writeFile(join(folder, "VERSION"), `${NEXT}\n`)
  const before = await bytesOf(folder)
  const synced = await version(folder, "sync")
  expect(synced.code, synced.out).toBe(0)

  const after = await bytesOf(folder)
  expect([...after.keys()]).toEqual([...before.keys()])
  const changed = [...after.keys()].filter((path) => after.get(path) !== before.get(path))
  expect(changed.length).toBeGreaterThan(0)
  for (const path of changed) {
    expect(differsInVersionsOnly(before.get(path) ?? "", after.get(path) ?? ""), path).toBe(true)
  }
  expect((await version(folder, "check")).code).toBe(0)

  const { bin } = await pythonVenv(UV)
  const out = join(folder, "..", "wheel")
  await execa(join(bin, "uv"), [
    "build",
    "--quiet",
    "--wheel",
    "--python",
    join(bin, "python"),
    "--out-dir",
    out,
    folder,
  ])
  const wheel = (await readdir(out)).find((name) => name.endsWith(".whl"))
  const { stdout } = await execa(join(bin, "python"), ["-I", "-c", METADATA, join(out, wheel ?? "")])
  expect(/^Version: (.*)$/m.exec(stdout)?.[1]).toBe(NEXT)
})
