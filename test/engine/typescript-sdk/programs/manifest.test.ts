import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import {
  DEFAULT_TSCONFIG,
  meet,
  PACKAGE_DEMANDS,
  readJson,
  TSCONFIG_DEMANDS,
  withoutComments,
} from "../../../../engine/typescript-sdk/programs/manifest.js"

const ROOT = join(import.meta.dirname, "../../../..")

describe("meet", () => {
  it.each(["package.json", "tsconfig.json"])("leaves this repository's %s as it is, byte for byte", (name) => {
    const text = readFileSync(join(ROOT, name), "utf8")
    expect(meet(text, name === "package.json" ? PACKAGE_DEMANDS : TSCONFIG_DEMANDS)).toBe(text)
  })

  it("makes an empty package.json a module with a compiler", () => {
    expect(JSON.parse(meet("{}\n", PACKAGE_DEMANDS))).toEqual({ type: "module", dependencies: { typescript: "5.9.3" } })
  })

  it("keeps the compiler that is asked for", () => {
    const text = '{ "type": "module", "dependencies": { "typescript": "6.0.3" } }'
    expect(meet(text, PACKAGE_DEMANDS)).toBe(text)
  })

  it("takes the library out of both kinds of dependencies and leaves a peer", () => {
    const library = { "@dagger.io/dagger": "0.21.7" }
    const text = JSON.stringify({
      type: "module",
      dependencies: { typescript: "5.9.3", ...library },
      devDependencies: { ...library, vitest: "4.1.12" },
      peerDependencies: library,
    })
    expect(JSON.parse(meet(text, PACKAGE_DEMANDS))).toEqual({
      type: "module",
      dependencies: { typescript: "5.9.3" },
      devDependencies: { vitest: "4.1.12" },
      peerDependencies: library,
    })
  })

  it("keeps comments, order and indent of what it does not change", () => {
    const text = '{\n    // ours\n    "compilerOptions": {\n        "strict": true\n    }\n}\n'
    const met = meet(text, TSCONFIG_DEMANDS)
    expect(
      met.startsWith('{\n    // ours\n    "compilerOptions": {\n        "strict": true,\n        "paths": {'),
    ).toBe(true)
    expect(meet(met, TSCONFIG_DEMANDS)).toBe(met)
  })

  it("gives a module without tsconfig.json the library's paths and decorators", () => {
    const { compilerOptions } = JSON.parse(meet(DEFAULT_TSCONFIG, TSCONFIG_DEMANDS))
    expect(compilerOptions).toEqual({
      target: "ES2022",
      moduleResolution: "Node",
      strict: true,
      skipLibCheck: true,
      experimentalDecorators: true,
      paths: {
        "@dagger.io/dagger": ["./sdk/index.ts"],
        "@dagger.io/dagger/telemetry": ["./sdk/telemetry.ts"],
      },
    })
  })
})

describe("readJson", () => {
  it("reads comments and trailing commas", () => {
    expect(readJson('{ "a": 1, // one\n }', "x.json")).toEqual({ a: 1 })
  })

  it("names file and line of what is broken", () => {
    expect(() => readJson('{\n  "a": ,\n}', "package.json")).toThrow("package.json, line 2")
  })
})

describe("withoutComments", () => {
  it("leaves an address in a string alone", () => {
    const text = '{ "homepage": "https://example.org//x" }'
    expect(withoutComments(text)).toBe(text)
  })

  it("takes comments out", () => {
    expect(JSON.parse(withoutComments('{ /* a */ "b": 1 // c\n }'))).toEqual({ b: 1 })
  })
})
