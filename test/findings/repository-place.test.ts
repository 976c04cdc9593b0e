import { describe, expect, it } from "vitest"
import { placeInRepository } from "../../src/findings/repository-place.js"
import { finding, reportOf } from "../cli/reports.js"

const project = (path: string, file?: string) =>
  reportOf([], { project: { name: "x", path, ...(file === undefined ? {} : { file }) } })

describe("placeInRepository", () => {
  it.each([
    ["at the root", ".", "src/a.py", "src/a.py"],
    ["in a folder of the repository", "libs/x", "src/a.py", "libs/x/src/a.py"],
    ["beside its folder, in the repository", "libs/x", "../shared/a.py", "libs/shared/a.py"],
    ["with a needless part", ".", "./src/./a.py", "src/a.py"],
  ])("a file of a project %s has the repository's path", (_, path, file, expected) => {
    expect(placeInRepository(finding({ file }), project(path))).toEqual({
      path: expected,
      line: 3,
      column: 8,
      message: "`os` imported but unused",
    })
  })

  it.each(["/usr/lib/python3/typing.pyi", "../../outside.py", "C:\\Python\\typing.pyi"])(
    "%s, which is not in the repository, is named at the file that names the project",
    (file) => {
      expect(placeInRepository(finding({ file }), project("x", "pyproject.toml"))).toEqual({
        path: "x/pyproject.toml",
        line: 1,
        message: `${file}:3: \`os\` imported but unused`,
      })
    },
  )

  it("a finding without a file is shown there too", () => {
    const { file: _, line: __, column: ___, ...placeless } = finding()
    expect(placeInRepository(placeless, project(".", "setup.py"))).toMatchObject({ path: "setup.py", line: 1 })
  })

  it("there is no place where no file is known to name the project", () => {
    expect(placeInRepository(finding({ file: "/x.py" }), project("."))).toBeUndefined()
  })
})
