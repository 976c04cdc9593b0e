import { describe, expect, test } from "vitest"
import { indexVariables } from "../../src/toolchain/indexes.js"

describe("what uv is told of the indexes", () => {
  const cases = [
    ["nothing for the public one", undefined, { plain: {}, secret: {} }],
    ["nothing for settings that name none", { extra: [] }, { plain: {}, secret: {} }],
    [
      "the index in place of the public one",
      { url: "https://i.example/simple" },
      { plain: { UV_DEFAULT_INDEX: "default=https://i.example/simple" }, secret: {} },
    ],
    [
      "the name of its credential, and never the credential",
      { url: "https://i.example/simple", credential: "PYPI_TOKEN" },
      {
        plain: { UV_DEFAULT_INDEX: "default=https://i.example/simple" },
        secret: { QUILLON_INDEX_DEFAULT: "PYPI_TOKEN" },
      },
    ],
    [
      "more indexes, each with a name of its own",
      { extra: [{ url: "https://a.example" }, { url: "https://b.example", credential: "B" }] },
      {
        plain: { UV_INDEX: "extra0=https://a.example extra1=https://b.example" },
        secret: { QUILLON_INDEX_EXTRA1: "B" },
      },
    ],
    ["no credential where there is no index for it", { credential: "X" }, { plain: {}, secret: {} }],
  ] as const

  test.each(cases)("%s", (_, settings, expected) => {
    expect(indexVariables(settings)).toEqual(expected)
  })
})
