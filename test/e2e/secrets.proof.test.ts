import { randomBytes } from "node:crypto"
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openSession, type Session } from "../../cli/session.js"
import { connectTo } from "../../cli/session-client.js"
import { enginePaths } from "../../engine/paths.js"
import { USERS } from "../../rehearsal/access.js"
import { createAsk } from "../../src/targets/http/exchange.js"
import { mintToken } from "../../src/targets/index/trusted-publishing.js"
import { engineEnvironment, openEngine } from "../engine-session.js"
import { startPrivateIndex } from "../private-index/start.js"
import { watchArguments } from "../rehearsal/process-arguments.js"
import { makeSshKey } from "../ssh-key.js"
import { openReleaseSite, type ReleaseSite } from "./doors/release-site.js"
import { findLeaks, type Leak, type Place } from "./leaks/find-leaks.js"
import { formsOf } from "./leaks/forms.js"
import { recordTelemetry } from "./leaks/telemetry.js"
import { openTlsFront, type TlsFront } from "./leaks/tls-front.js"
import { quillon } from "./quillon.js"
import { smallProject, withSettings } from "./small-project.js"

/** It means something in an address, in JSON and in a shell. */
const random = () => `s${randomBytes(12).toString("hex")}/&=+%"$x`
/** What is no secret goes the same ways, so that a place where it is not found was not looked at. */
const MARKER = `marker${randomBytes(12).toString("hex")}`

/** Names of secrets, what they are for, and their values. */
const SECRETS: Record<string, string> = {
  TEST_SECRET: random(),
  SERVICE_SECRET: random(),
  BUILD_SECRET: random(),
  IMAGE_SECRET: random(),
  PRIVATE_INDEX: `joe:${random().replace('"', "!")}`,
}
const WRONG = `wrong${randomBytes(12).toString("hex")}`

let engine: Awaited<ReturnType<typeof openEngine>>
let scratch: string
let site: ReleaseSite
let registry: TlsFront
let session: Session
let folder: string
let env: Record<string, string>
let places: Record<"evidence" | "project" | "cache" | "targets" | "engine log" | "engine state", Place>
let watch: ReturnType<typeof watchArguments>

beforeAll(async () => {
  const since = Date.now()
  scratch = await mkdtemp(join(tmpdir(), "quillon-secrets-"))
  engine = await openEngine()
  site = await openReleaseSite(join(scratch, "site"))
  const { credentials, ports } = site.rehearsal.access
  registry = await openTlsFront(join(scratch, "tls"), ports.registry)
  Object.assign(SECRETS, {
    GIT_TOKEN: credentials.git,
    GITHUB_TOKEN: credentials.github,
    INDEX_TOKEN: credentials.pypi,
    TEST_INDEX_TOKEN: await tokenOfTrust(credentials.ci),
    REGISTRY_TOKEN: credentials.registry,
    RELEASE_SIGNING_KEY: await signingKey(),
  })
  const { _EXPERIMENTAL_DAGGER_CLI_BIN: cli = "", _EXPERIMENTAL_DAGGER_RUNNER_HOST: host = "" } = engineEnvironment()
  session = await openSession(
    { cli, host, env: { _EXPERIMENTAL_DAGGER_RUNNER_HOST: host } },
    { env: { ...process.env, ...SECRETS }, cwd: scratch },
  )
  const started = await startPrivateIndex({ login: SECRETS.PRIVATE_INDEX ?? "", client: connectTo(session).dag })
  folder = await project(started.host)
  const evidence = join(scratch, "evidence")
  await Promise.all([evidence, join(scratch, "cache")].map((path) => mkdir(path)))
  const { state, logs } = enginePaths(process.env)
  places = {
    evidence: { folder: evidence },
    project: { folder: dirname(folder) },
    cache: { folder: join(scratch, "cache") },
    targets: { folder: join(scratch, "site") },
    "engine log": { folder: logs },
    "engine state": { folder: state, since },
  }
  env = {
    ...SECRETS,
    CI: "true",
    REGISTRY_USER: USERS.registry,
    GITHUB_API_URL: site.addressOf("github"),
    NODE_EXTRA_CA_CERTS: registry.certificate,
    XDG_CACHE_HOME: join(scratch, "cache"),
    DAGGER_SESSION_PORT: `${session.port}`,
    DAGGER_SESSION_TOKEN: session.token,
  }
})
afterAll(async () => {
  await session?.close()
  await registry?.close()
  await site?.close()
  await engine?.close()
  await rm(scratch, { recursive: true, force: true })
  if (folder !== undefined) await rm(dirname(folder), { recursive: true, force: true })
})

/** The token that the trial index gives a job for its identity, so that it goes the ways of a real one. */
async function tokenOfTrust(request: string): Promise<string> {
  const [url, exchange] = [`${site.addressOf("ci")}/token`, site.addressOf("testpypi")]
  const minted = await mintToken(createAsk(fetch), exchange, { url, token: async () => request })
  if (minted.kind !== "token") throw new Error(minted.why)
  return minted.token
}

async function signingKey(): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), "quillon-key-"))
  await makeSshKey(join(place, "key"))
  const key = await readFile(join(place, "key"), "utf8")
  await rm(place, { recursive: true })
  return key
}

/** A project that uses every secret, and whose tests, build and image talk. */
async function project(privateIndex: string): Promise<string> {
  const settings = `
outdated.enabled = false
index.url = "${privateIndex}/simple/"
index.credential = "PRIVATE_INDEX"
build.secrets = ["BUILD_SECRET"]
image.buildSecrets = ["IMAGE_SECRET"]
image.smoke = ["python", "--version"]
test.secrets = ["TEST_SECRET"]
test.args = ["-s", "-k", "not ${MARKER}"]
release.targets.index = "${site.addressOf("pypi")}/legacy/"
release.targets.testIndex = "${site.addressOf("testpypi")}/legacy/"
release.targets.image = "127.0.0.1:${registry.port}/rehearsal/project"
release.targets.forge = "github"
release.links.forge = "github"
release.links.url = "${site.addressOf("git")}/rehearsal/project"

[tool.quillon.test.services.door]
image = "python:3.13-slim"
port = 8000
secrets = ["SERVICE_SECRET"]
args = ["python", "-m", "http.server", "8000"]
`
  const made = await smallProject({
    ...withSettings(settings),
    "src/small/__init__.py": `"""${MARKER}."""\n\n\ndef double(n: int) -> int:\n    """Twice as much."""\n    return 2 * n\n`,
    "tests/test_double.py": `import os\n\nfrom small import double\n\n\ndef test_double() -> None:\n    print("${MARKER}", os.environ["TEST_SECRET"])\n    assert double(2) == 4\n`,
    Dockerfile: `FROM python:3.13-slim\nRUN --mount=type=secret,id=IMAGE_SECRET cat /run/secrets/IMAGE_SECRET && echo ${MARKER} | tee /marker\n`,
    ".gitignore": ".quillon\n",
  })
  const git = (...args: readonly string[]) =>
    execa("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd: made })
  await git("init", "--quiet", "--initial-branch=main")
  await git("add", "--all")
  await git("commit", "--quiet", "--message", `feat: double ${MARKER}`)
  await git("remote", "add", "origin", `${site.addressOf("git")}${site.rehearsal.git.path}`)
  await git("push", "--quiet", site.rehearsal.git.repository, "main")
  return made
}

/** Runs `quillon release` and keeps its screen as evidence. */
async function release(name: string, more: Record<string, string> = {}) {
  const { exitCode, all } = await quillon(["release", "--verbose"], { cwd: folder, env: { ...env, ...more } })
  await writeFile(join(places.evidence.folder, `${name}.screen`), all)
  return { exitCode, all }
}

test("a release that uses every secret succeeds, and one with a wrong token is refused", async () => {
  const telemetry = recordTelemetry(session, places.evidence.folder)
  watch = watchArguments()
  const refused = await release("refused", { GIT_TOKEN: WRONG })
  expect(refused.all).not.toContain("bug in quillon")
  expect(refused.exitCode, refused.all).not.toBe(0)
  const done = await release("done")
  await writeFile(join(places.evidence.folder, "arguments"), watch.stop())
  await session.close()
  await telemetry.ended()
  expect(done.all).toContain("released 1.2.3: every target was seen to have it")
  expect(done.exitCode).toBe(0)
})

/** Leaks as a person reads them. */
const tell = (leaks: readonly Leak[]) => leaks.map(({ file, secret, form }) => `${secret} ${form}: ${file}`)

describe("afterwards", () => {
  test("thirteen secrets stand nowhere, in no form", async () => {
    const all = { ...SECRETS, WRONG, OIDC: site.rehearsal.access.credentials.ci }
    expect(Object.keys(all)).toHaveLength(13)
    const needles = Object.entries(all).flatMap(([name, value]) => formsOf(name, value))
    // What opens a private index is a user name and a password; the password must not stand alone either.
    needles.push(...formsOf("PRIVATE_INDEX", SECRETS.PRIVATE_INDEX?.split(":")[1] ?? ""))
    expect(tell(await findLeaks(needles, Object.values(places)))).toEqual([])
  })

  test("what is no secret and went the same ways is found in every place", async () => {
    const needles = formsOf("marker", MARKER)
    const found = async (place: Place) => (await findLeaks(needles, [place])).map(({ file }) => file)
    const evidence = await found(places.evidence)
    for (const name of ["done.screen", "arguments", "traces.stream", "logs.stream"])
      expect(evidence).toContain(join(places.evidence.folder, name))
    for (const name of ["project", "engine state", "targets"] as const)
      expect(await found(places[name]), name).not.toEqual([])
  })
})
