import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { releaseJobOf } from "../../../cli/wrappers/release-job.js"
import { renderWrappers } from "../../../cli/wrappers/render.js"
import { settingsSchema } from "../../../src/project/settings.js"

const jobOf = (settings: object) => releaseJobOf(settingsSchema.parse(settings))

function render(settings: object = {}, path = ".") {
  const wrappers = renderWrappers({ settings: settingsSchema.parse(settings), path, version: "7.8.9" })
  const textOf = (found: RegExp) => wrappers.find((wrapper) => found.test(wrapper.path))?.managed ?? ""
  const text = textOf(/workflows\/release/)
  const workflow = parse(text) ?? {}
  const steps: { uses?: string; run?: string; env?: Record<string, string>; with?: object }[] =
    workflow.jobs?.release.steps ?? []
  return { text, workflow, steps, job: workflow.jobs?.release, pipeline: parse(textOf(/gitlab/)) }
}

const run = (steps: ReturnType<typeof render>["steps"]) => steps.find((step) => step.run !== undefined)

describe("the release job of GitHub", () => {
  const { text, workflow, steps, job } = render()

  test("is begun by a person, and never called by another workflow", () => {
    expect(workflow.on).toEqual({ workflow_dispatch: null })
  })

  test("is one command, in the version that wrote it", () => {
    expect(steps.flatMap((step) => step.run ?? [])).toEqual(["npx --yes --omit=peer quillon@7.8.9 release"])
  })

  test("has all history and tags, leaves no token behind, and takes nothing from a cache", () => {
    expect(steps[0]?.with).toEqual({ "fetch-depth": 0, "persist-credentials": false })
    expect(steps[1]?.with).toMatchObject({ "package-manager-cache": false })
  })

  test("alone may write, and only what a release writes", () => {
    expect(workflow.permissions).toEqual({})
    expect(job.permissions).toEqual({ contents: "write", "id-token": "write" })
    expect(parse(renderWrappers(CI)[0]?.managed ?? "").permissions).toEqual({ contents: "read" })
  })

  test("waits for the one before, and ends none", () => {
    expect(workflow.concurrency).toEqual({
      group: expr("github.workflow").concat("-", expr("github.ref")),
      "cancel-in-progress": false,
    })
  })

  test("hands secrets to the one step that releases, and to no action", () => {
    expect(run(steps)?.env).toEqual({
      GITHUB_TOKEN: expr("github.token"),
      PYPI_TOKEN: expr("secrets.PYPI_TOKEN"),
      GIT_TOKEN: expr("secrets.GIT_TOKEN"),
      RELEASE_SIGNING_KEY: expr("secrets.RELEASE_SIGNING_KEY"),
    })
    expect(text.match(/secrets\./g)).toHaveLength(3)
    expect([workflow.env, job.env]).toEqual([undefined, undefined])
  })

  test("has no text of an event in a shell, and every action at a commit", () => {
    expect(run(steps)?.run).not.toContain("${{")
    const uses = text.split("\n").filter((line) => line.includes("uses: "))
    expect(uses).toHaveLength(3)
    for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test("keeps what it left, whatever it came to", () => {
    expect(steps.at(-1)).toMatchObject({ if: "always()", with: { path: ".quillon/runs/latest/" } })
  })
})

const CI = { settings: settingsSchema.parse({}), path: ".", version: "7.8.9" }

function expr(text: string): string {
  return `\${{ ${text} }}`
}

describe("settings", () => {
  test("ci.release = 'push' releases at each push to a branch that has a channel", () => {
    const { workflow, pipeline } = render({
      ci: { release: "push" },
      release: { channels: { main: "final", "release/*": "rc" } },
    })
    expect(workflow.on).toEqual({ push: { branches: ["main", "release/*"] }, workflow_dispatch: null })
    expect(pipeline.release.rules).toEqual([
      { if: '$CI_COMMIT_BRANCH == "main"' },
      { if: "$CI_COMMIT_BRANCH =~ /^release\\/[^\\/]*$/" },
    ])
  })

  test.each([{ ci: { release: "off" } }, { release: { channels: {} } }])("%j has no release job", (settings) => {
    const { text, pipeline } = render(settings)
    expect(text).toBe("")
    expect(pipeline.release).toBeUndefined()
  })

  test("an environment of GitHub's guards the job", () => {
    expect(render({ ci: { "release-environment": "pypi" } }).job.environment).toBe("pypi")
    expect(render().job.environment).toBeUndefined()
  })

  test("a project below the root, and an engine of one's own", () => {
    const { steps, pipeline } = render({ ci: { "runner-host": "tcp://engine.example.org:8080" } }, "services/api")
    expect(run(steps)?.run).toBe("npx --yes --omit=peer quillon@7.8.9 release services/api")
    expect(run(steps)?.env).toMatchObject({ _EXPERIMENTAL_DAGGER_RUNNER_HOST: "tcp://engine.example.org:8080" })
    expect(pipeline["release-services-api"].script).toEqual([
      "npx --yes --omit=peer quillon@7.8.9 release services/api",
    ])
  })

  test.each<[object, readonly string[], readonly string[]]>([
    [{ index: "pypi" }, ["contents", "id-token"], ["PYPI_TOKEN"]],
    [{ index: "pypi", testIndex: "testpypi" }, ["contents", "id-token"], ["PYPI_TOKEN", "TESTPYPI_TOKEN"]],
    [{ index: "https://pkg.example.org/legacy/" }, ["contents"], ["INDEX_TOKEN"]],
    [{ index: false, testIndex: "https://t.example.org/legacy/" }, ["contents"], ["TEST_INDEX_TOKEN"]],
    [{ index: false, image: "ghcr.io/owner/name" }, ["contents", "packages"], []],
    [{ index: false, image: "owner/name" }, ["contents"], ["REGISTRY_USER", "REGISTRY_TOKEN"]],
    [{ index: false }, ["contents"], []],
  ])("targets %j need the permissions %j and the secrets %j", (targets, permissions, secrets) => {
    const job = jobOf({ release: { targets } })
    expect(job?.permissions.map((line) => line.split(":")[0])).toEqual(permissions)
    expect(job?.secrets).toEqual([...secrets, "GIT_TOKEN", "RELEASE_SIGNING_KEY"])
  })

  test("secrets of stages are those of the gates too, each once", () => {
    expect(jobOf({ test: { secrets: ["API_TOKEN", "PYPI_TOKEN"] } })?.secrets).toEqual([
      "PYPI_TOKEN",
      "GIT_TOKEN",
      "RELEASE_SIGNING_KEY",
      "API_TOKEN",
    ])
  })

  test.each(["a b", "$(id)", 'x"', "a\nb"])("a branch %j that means something to a CI system is refused", (branch) => {
    expect(() => jobOf({ release: { channels: { [branch]: "final" } } })).toThrow(/characters/)
  })
})

describe("the release job of GitLab", () => {
  test("is begun by a person, after the examination, and ends no other", () => {
    const { release, quillon } = render().pipeline
    expect(release).toMatchObject({
      extends: "quillon",
      stage: "deploy",
      resource_group: "release",
      interruptible: false,
      script: ["npx --yes --omit=peer quillon@7.8.9 release"],
    })
    expect(quillon.variables.GIT_DEPTH).toBe("0")
    expect(release.rules[0]).toEqual({ if: '$CI_COMMIT_BRANCH == "main"', when: "manual", allow_failure: true })
  })

  test("calls the program where the examination calls the module", () => {
    const { release } = render({ ci: { door: "dagger", module: "a/b" } }).pipeline
    expect(release).toMatchObject({
      before_script: ["command -v npx || apk add --no-cache nodejs npm"],
      after_script: [],
      script: ["npx --yes --omit=peer quillon@7.8.9 release"],
    })
  })
})
