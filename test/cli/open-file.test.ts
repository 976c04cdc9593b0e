import { expect, test } from "vitest"
import { opener, openFile } from "../../cli/open-file.js"

test.each([
  ["linux", ["xdg-open", "/run/page.html"]],
  ["darwin", ["open", "/run/page.html"]],
  ["win32", ["explorer.exe", "/run/page.html"]],
] as const)("on %s a file is opened as the desktop does", (platform, argv) => {
  expect(opener(platform, "/run/page.html")).toEqual(argv)
})

test.each([
  ["that is not there", ["quillon-no-such-program"], "ENOENT"],
  ["that fails", [process.execPath, "-e", "process.exit(3)"], "exit code 3"],
] as const)("a program %s is told with the file to open by hand", async (_, argv, why) => {
  const opening = openFile([...argv], "/run/page.html")
  await expect(opening).rejects.toThrow(why)
  await expect(opening).rejects.toMatchObject({ code: "CANT_OPEN", next: "open /run/page.html in a browser" })
})
