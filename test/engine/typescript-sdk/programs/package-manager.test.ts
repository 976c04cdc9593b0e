import { describe, expect, it } from "vitest"
import { choosePackageManager } from "../../../../engine/typescript-sdk/programs/package-manager.js"

describe("choosePackageManager", () => {
  it.each([
    [undefined, ["package.json"], "npm", "npm"],
    [undefined, ["package-lock.json", "yarn.lock"], "npm", "npm"],
    [undefined, ["yarn.lock"], "yarn", "--package=yarn@1.22.22"],
    [undefined, ["pnpm-lock.yaml"], "pnpm", "--package=pnpm@8.15.4"],
    ["pnpm@9.1.0", ["yarn.lock"], "pnpm", "--package=pnpm@9.1.0"],
    ["yarn@4.2.0+sha224.abc", [], "yarn", "--package=@yarnpkg/cli-dist@4.2.0"],
    ["npm@11.8.0", ["pnpm-lock.yaml"], "npm", "npm"],
  ])("takes for packageManager %s and files %j %s", (wish, files, name, program) => {
    const manager = choosePackageManager(wish, files)
    expect(manager.name).toBe(name)
    expect(manager.program).toContain(program)
  })

  it.each([
    ["yarn", "no version"],
    ["bun@1.1.0", "none of npm, yarn, pnpm"],
  ])("refuses packageManager %s", (wish, why) => {
    expect(() => choosePackageManager(wish, [])).toThrow(why)
  })
})
