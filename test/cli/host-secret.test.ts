import { describe, expect, test } from "vitest"
import { readSecret } from "../../cli/host-secret.js"
import { QuillonError } from "../../src/errors.js"

test("a secret is what the environment has of that name", () => {
  expect(readSecret({ TOKEN: "s3cret" }, "TOKEN")).toBe("s3cret")
})

describe("a missing one is said in a line, with what to do where the run is", () => {
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["on a laptop", {}, /^export TOKEN=…$/],
    [
      "on GitHub, where it is empty",
      { GITHUB_ACTIONS: "true", TOKEN: "" },
      /^add TOKEN to the repository's Actions secrets/,
    ],
    [
      "on a pull request",
      { GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "pull_request", TOKEN: "" },
      /^pull requests get no secrets/,
    ],
    ["on GitLab", { GITLAB_CI: "true" }, /^add TOKEN to the project's CI\/CD variables/],
  ])("%s", (_, env, next) => {
    let thrown: unknown
    try {
      readSecret(env, "TOKEN")
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(QuillonError)
    expect(thrown).toMatchObject({ code: "MISSING_SECRET", next: expect.stringMatching(next) })
    expect((thrown as QuillonError).message).toContain("TOKEN")
  })
})
