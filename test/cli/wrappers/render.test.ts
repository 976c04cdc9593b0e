import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { renderWrappers } from "../../../cli/wrappers/render.js"
import { settingsSchema } from "../../../src/project/settings.js"

function render(settings: object = {}, path = ".") {
  const wrappers = renderWrappers({ settings: settingsSchema.parse(settings), path, version: "7.8.9" })
  const textOf = (found: RegExp) => wrappers.find((wrapper) => found.test(wrapper.path))?.managed ?? ""
  const github = textOf(/workflows\/ci/)
  const gitlab = textOf(/gitlab/)
  return { paths: wrappers.map((wrapper) => wrapper.path), github, gitlab, ...jobs(github, gitlab) }
}

function jobs(github: string, gitlab: string) {
  const workflow = parse(github) ?? {}
  const pipeline = parse(gitlab) ?? {}
  const steps: { uses?: string; run?: string; if?: string; env?: Record<string, string>; with?: object }[] =
    workflow.jobs?.quillon.steps ?? []
  return { workflow, steps, pipeline, job: pipeline.quillon ?? Object.values(pipeline)[0] }
}

describe("without settings", () => {
  const { workflow, steps, pipeline, job, paths, github } = render()

  test("both systems get their files", () => {
    expect(paths).toEqual([".github/workflows/ci.yml", ".github/workflows/release.yml", ".gitlab-ci.yml"])
  })

  test("one step calls the pinned version of Quillon, and nothing else runs", () => {
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual(["npx --yes --omit=peer quillon@7.8.9 ci"])
    expect(job.script).toEqual(["npx --yes --omit=peer quillon@7.8.9 ci"])
  })

  test("main and develop are examined, and what is merged into them", () => {
    expect(workflow.on).toEqual({
      push: { branches: ["main", "develop"] },
      pull_request: { branches: ["main", "develop"] },
      workflow_dispatch: null,
    })
    expect(pipeline.workflow.rules.map((rule: { if: string }) => rule.if)).toEqual([
      '$CI_PIPELINE_SOURCE == "merge_request_event"',
      '$CI_COMMIT_BRANCH == "main"',
      '$CI_COMMIT_BRANCH == "develop"',
      // Of these a person may release.
      '$CI_COMMIT_BRANCH == "master"',
      '$CI_COMMIT_BRANCH == "next"',
    ])
  })

  test("the whole history is there, and no token stays behind", () => {
    expect(steps[0]?.with).toEqual({ "fetch-depth": 0, "persist-credentials": false })
    expect(job.variables.GIT_DEPTH).toBe("0")
  })

  test("the job may read the sources and nothing else", () => {
    expect(workflow.permissions).toEqual({ contents: "read" })
    expect(workflow.jobs.quillon.permissions).toBeUndefined()
  })

  test("every action is pinned by a commit, with its version beside it", () => {
    const uses = github.split("\n").filter((line) => line.includes("uses: "))
    expect(uses.length).toBe(3)
    for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test("reports are kept whatever the run came to, for some time", () => {
    expect(steps.at(-1)).toMatchObject({
      if: "always()",
      with: { path: ".quillon/runs/latest/", "include-hidden-files": true, "retention-days": 14 },
    })
    expect(job.artifacts).toMatchObject({ when: "always", expire_in: "14 days", paths: [".quillon/runs/"] })
  })
})

describe("settings", () => {
  test("systems chooses the files", () => {
    expect(render({ ci: { systems: ["gitlab"] } }).paths).toEqual([".gitlab-ci.yml"])
  })

  test("secrets are handed over by name, and never to a pull request", () => {
    const { steps, gitlab } = render({ test: { secrets: ["API_TOKEN"] } })
    expect(steps.find(({ run }) => run !== undefined)?.env).toEqual({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
      API_TOKEN: "${{ github.event_name != 'pull_request' && secrets.API_TOKEN || '' }}",
    })
    // GitLab gives a job its variables by itself.
    expect(gitlab).not.toContain("API_TOKEN")
  })

  test("a runner host takes the place of the job's own Docker", () => {
    const { steps, job } = render({ ci: { "runner-host": "tcp://engine.example.org:8080" } })
    const env = { _EXPERIMENTAL_DAGGER_RUNNER_HOST: "tcp://engine.example.org:8080" }
    expect(steps.find(({ run }) => run !== undefined)?.env).toEqual(env)
    expect(job.variables).toEqual({ GIT_DEPTH: "0", ...env })
    expect(job).toMatchObject({ image: "node:22" })
    expect(job.services).toBeUndefined()
  })

  test("code scanning may write findings, and nothing else, and not from a fork", () => {
    const { workflow, steps } = render({ ci: { "code-scanning": true } })
    expect(workflow.permissions).toEqual({ contents: "read" })
    expect(workflow.jobs.quillon.permissions).toEqual({ contents: "read", "security-events": "write" })
    const upload = steps.find(({ uses }) => uses?.startsWith("github/codeql-action/upload-sarif@"))
    expect(upload?.if).toContain("github.event.pull_request.head.repo.full_name == github.repository")
  })

  test("the door 'dagger' calls the module, and keeps its report", () => {
    const { steps, job } = render({ ci: { door: "dagger", module: "example.org/quillon@v1.2.3" } })
    const [first, second] = steps.flatMap(({ run }) => run ?? [])
    expect(first).toBe("dagger --progress=plain call --mod=example.org/quillon@v1.2.3 ci")
    expect(second).toContain(
      "dagger --progress=plain call --mod=example.org/quillon@v1.2.3 run report export --path=.quillon/runs/latest\n",
    )
    expect(job.script).toEqual([first])
    expect(steps.some(({ uses }) => uses?.startsWith("actions/setup-node@"))).toBe(false)
  })

  test("the door 'dagger' hands secrets to the module", () => {
    const { job } = render({ ci: { door: "dagger", module: "a/b" }, test: { secrets: ["TOKEN"] } })
    expect(job.script).toEqual([
      "dagger --progress=plain call --mod=a/b with-secret --name=TOKEN --value=env://TOKEN ci",
    ])
  })

  test("the door 'dagger' without a module is refused", () => {
    expect(() => render({ ci: { door: "dagger" } })).toThrow(/ci\.module/)
  })

  test("labels, tags, patterns of branches and days reach their place", () => {
    const { workflow, pipeline, job, steps } = render({
      ci: { runner: ["self-hosted", "linux"], tags: ["privileged"], branches: ["release/*"], "retention-days": 3 },
    })
    expect(workflow.jobs.quillon["runs-on"]).toEqual(["self-hosted", "linux"])
    expect(job.tags).toEqual(["privileged"])
    expect(workflow.on.push.branches).toEqual(["release/*"])
    expect(pipeline.workflow.rules[1].if).toBe("$CI_COMMIT_BRANCH =~ /^release\\/[^\\/]*$/")
    expect([job.artifacts.expire_in, steps.at(-1)?.with]).toMatchObject(["3 days", { "retention-days": 3 }])
  })

  test.each([
    { branches: ["main; rm"] },
    { branches: ["$(id)"] },
    { runner: ["a, b"] },
    { tags: ["a\nb"] },
    { "runner-host": "tcp://x:1\nimage: y" },
    { module: "x; id" },
    { "retention-days": 0 },
    { paths: ["a]"] },
    { paths: ["$(id)"] },
  ])("%j is refused before it reaches a file", (ci) => {
    expect(() => settingsSchema.parse({ ci })).toThrow()
  })
})

describe("a project below the repository's root", () => {
  test("is named to Quillon, and its reports are found", () => {
    const { steps, job } = render({}, "services/api")
    expect(steps.find(({ run }) => run !== undefined)?.run).toBe("npx --yes --omit=peer quillon@7.8.9 ci services/api")
    expect(steps.at(-1)?.with).toMatchObject({ path: "services/api/.quillon/runs/latest/" })
    expect(job.artifacts.reports.junit).toBe("services/api/.quillon/runs/latest/junit.xml")
  })

  test("is examined where it changed, by a workflow and a job of its own", () => {
    const { workflow, pipeline, github } = render(
      { ci: { "code-scanning": true, paths: ["libs/**/*"] } },
      "services/api",
    )
    const paths = ["services/api/**/*", "libs/**/*", ".github/workflows/ci-services-api.yml"]
    expect(workflow).toMatchObject({ name: "ci services/api", on: { push: { paths }, pull_request: { paths } } })
    expect(github).toContain("category: quillon-services-api\n")
    expect(Object.keys(pipeline)).toEqual(["quillon-services-api", "release-services-api"])
    const changes = ["services/api/**/*", "libs/**/*", ".gitlab/quillon/services-api.yml"]
    expect(pipeline["quillon-services-api"].rules).toEqual([
      { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', changes },
      { if: '$CI_COMMIT_BRANCH == "main"', changes },
      { if: '$CI_COMMIT_BRANCH == "develop"', changes },
    ])
    expect(pipeline["release-services-api"]).toMatchObject({
      extends: "quillon-services-api",
      resource_group: "release-services-api",
    })
  })

  test.each(["a b", "a;id", "$(id)", "a\nb", "--force"])(
    "a folder %j that means something to a shell is refused",
    (path) => {
      expect(() => render({}, path)).toThrow(/characters/)
    },
  )
})

// GitLab takes the group of the last line that matches.
test.each([
  ["passed   coverage      3.9 s  99.97 % of branches", "99.97"],
  ["passed   coverage      0.1 s, cached  100.00 % of lines, at least 90 % demanded", "100.00"],
  ["failed   coverage      3.2 s  61.50 % of lines (source src) covered, at least 80 % demanded", "61.50"],
  ["| ✅ | coverage |  | 3.3 s | 99.97 % of branches; no minimum is set |", "99.97"],
  ["failed   test@3.11     5.1 s  1 failed, 9 passed", undefined],
  ["skipped  coverage      switched off by the setting coverage.enabled", undefined],
])("GitLab reads the total of %j as %s", (line, total) => {
  const [, pattern = "nothing"] = /^\/(.*)\/$/.exec(render().job.coverage) ?? []
  expect(new RegExp(pattern).exec(line)?.[1]).toBe(total)
})

test("no text of an event reaches a shell", () => {
  for (const settings of [{}, { ci: { door: "dagger", module: "a/b", "code-scanning": true } }]) {
    const { steps } = render(settings)
    for (const { run } of steps) expect(run ?? "").not.toContain("${{")
  }
})
