import { describe, expect, test } from "vitest"
import { libraryCommit, libraryFirst, withLibraryFirst } from "../../../engine/go-sdk/library.js"

describe("withLibraryFirst", () => {
  test("puts the image's own library before the proxy that Go comes with, and leaves the other settings", () => {
    const settings = "# defaults\nGOPROXY=https://proxy.example,direct\nGOSUMDB=sum.example\n"
    expect(withLibraryFirst(settings)).toBe(
      "# defaults\nGOPROXY=file:///opt/go-sdk/proxy,https://proxy.example,direct\nGOSUMDB=sum.example\n",
    )
  })

  test("does not pass over settings without a proxy: the library would never be found", () => {
    expect(() => withLibraryFirst("# GOPROXY=https://proxy.example\nGOSUMDB=sum.example\n")).toThrow(/no GOPROXY/)
  })
})

test("a machine's own proxy stands behind the library", () => {
  expect(libraryFirst("https://proxy.corp.example|direct")).toBe(
    "file:///opt/go-sdk/proxy,https://proxy.corp.example|direct",
  )
})

describe("libraryCommit", () => {
  test("reads the commit that the engine asks for", () => {
    const source =
      'const (\n\tgoSDKRuntimePath = "/runtime"\n\n\tgoSDKLibVersion = "1309520660f6a5b35ef97b4fbe151e32a06a8dc5" // v0.21.7\n)\n'
    expect(libraryCommit(source)).toBe("1309520660f6a5b35ef97b4fbe151e32a06a8dc5")
  })

  test("says so when another Dagger has no commit there", () => {
    expect(() => libraryCommit('const goSDKLibVersion = "v0.22.0"\n')).toThrow(/no goSDKLibVersion/)
  })
})
