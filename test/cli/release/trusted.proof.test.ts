import { afterAll, beforeAll, expect, test } from "vitest"
import { openRehearsedProject, type RehearsedProject } from "../../e2e/rehearsed-project.js"

const SETTINGS = `release.targets.forge = false
release.targets.testIndex = "testpypi"
release.channels = { main = "final" }`

let project: RehearsedProject
let ci: string
let job: string

beforeAll(async () => {
  project = await openRehearsedProject(SETTINGS)
  const { ports, credentials } = await project.access()
  ci = `http://127.0.0.1:${ports.ci}/token`
  job = credentials.ci
})
afterAll(() => project.close())

const githubJob = (query = "") => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: `${ci}${query}`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: job,
})

/** Identities as a runner gives them to a job whose configuration asks for these audiences. */
async function gitlabJob(pypi: string, testpypi: string): Promise<Readonly<Record<string, string>>> {
  const proof = async (query: string) => {
    const answer = await fetch(`${ci}?audience=${query}`, { headers: { authorization: `Bearer ${job}` } })
    return ((await answer.json()) as { value: string }).value
  }
  return { PYPI_ID_TOKEN: await proof(pypi), TESTPYPI_ID_TOKEN: await proof(testpypi) }
}

test.each([
  [
    "another workflow",
    async () => githubJob("?workflow=other"),
    /pypi: the index does not trust this job: valid token, but no corresponding publisher \(rehearsal\/project, other\)/,
    "add this repository and workflow as a trusted publisher of the project",
  ],
  [
    "an identity that is over",
    async () => githubJob("?life=-1"),
    /pypi: the index does not trust this job: the token has expired/,
    "",
  ],
  [
    "the identity for another index",
    () => gitlabJob("testpypi", "testpypi"),
    /pypi: PYPI_ID_TOKEN is for the audience testpypi, and the index wants pypi/,
    "set aud: pypi for it in the job's id_tokens",
  ],
  [
    "an identity that ended before the job did",
    () => gitlabJob("pypi&life=-1", "testpypi"),
    /pypi: PYPI_ID_TOKEN ended at 20/,
    "run the job again, with a timeout that the release fits in",
  ],
])("%s is named before anything is written", async (_, variables, what, next) => {
  const refused = await project.run(["release", "--rehearse"], await variables())
  expect(refused.all).toMatch(what)
  expect(refused.all).toContain(next)
  expect(refused.exitCode).toBe(1)
  expect(await project.git("ls-remote", project.remote, "refs/quillon/*", "refs/tags/*")).toBe("")
  const uploads = (await project.requests("pypi")).filter(({ target }) => target.startsWith("/legacy/"))
  expect(uploads).toEqual([])
})

test("a job that the indexes trust releases without a token, and each upload has an exchange of its own", async () => {
  const released = await project.run(["release", "--rehearse"], githubJob())
  expect(released.all).toContain("released 1.2.3: every target was seen to have it")
  for (const server of ["pypi", "testpypi"]) {
    const posts = (await project.requests(server))
      .filter(({ method, seen }) => method === "POST" && seen === 200)
      .map(({ target }) => target)
    // The first exchange shows before any write that the index trusts the job.
    const mint = "/_/oidc/mint-token"
    expect(posts.slice(-5)).toEqual([mint, mint, "/legacy/", mint, "/legacy/"])
  }
})
