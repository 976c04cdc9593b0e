import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

interface Locked {
  readonly version?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, "../../package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>
}

describe("package-lock.json", () => {
  // `npm install` leaves out what the registry in use does not serve; `npm ci` of npm 11 then refuses the whole file.
  it("has an entry for each platform's package, so that npm ci works on every registry", () => {
    const keys = Object.keys(lock.packages)
    const missing = Object.entries(lock.packages).flatMap(([holder, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !keys.some((key) => key.endsWith(`node_modules/${name}`)))
        .map((name) => `${holder} → ${name}`),
    )

    expect(missing).toEqual([])
  })
})
