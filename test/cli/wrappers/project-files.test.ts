import { expect, test } from "vitest"
import { changesOf, filesAround, filesOf } from "../../../cli/wrappers/project-files.js"
import type { Project } from "../../../src/project/project.js"

const pathsOf = (path: string) => filesOf(path).map((file) => file.path)

test("a project at the root has the files that everybody knows", () => {
  expect(pathsOf(".")).toEqual([".github/workflows/ci.yml", ".github/workflows/release.yml", ".gitlab-ci.yml"])
})

test("one below the root has files of its own, and shares that which GitLab reads", () => {
  expect(pathsOf("packages/app")).toEqual([
    ".github/workflows/ci-packages-app.yml",
    ".github/workflows/release-packages-app.yml",
    ".gitlab/quillon/packages-app.yml",
    ".gitlab-ci.yml",
  ])
  const shared = pathsOf("packages/app").filter((path) => pathsOf("packages/core").includes(path))
  expect(shared).toEqual([".gitlab-ci.yml"])
})

test("its changes are those of its folder, of its own file, and what the settings name", () => {
  const { github, gitlab } = changesOf({ path: "a/b", around: ["uv.lock"], more: ["libs/**/*"] })
  expect(github).toEqual(["a/b/**/*", "uv.lock", "libs/**/*", ".github/workflows/ci-a-b.yml"])
  expect(gitlab).toEqual(["a/b/**/*", "uv.lock", "libs/**/*", ".gitlab/quillon/a-b.yml"])
})

test.each([
  ["../../uv.lock", ["uv.lock", "pyproject.toml"]],
  ["../uv.lock", ["packages/uv.lock", "packages/pyproject.toml"]],
  ["uv.lock", []],
  [undefined, []],
])("around a project whose lock is %s lie %j", (path, around) => {
  const lock = path === undefined ? undefined : { kind: "uv", path }
  const project = { path: "packages/app", dependencies: { lock } } as unknown as Project
  expect(filesAround(project)).toEqual(around)
})
