import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findLeaks } from "./find-leaks.js"
import { formsOf } from "./forms.js"

const SECRET = 'p"ss/w+rd&of=a%person'
const KEY = `-----BEGIN KEY-----\n${"b3BlbnNzaC1rZXk".repeat(3)}\nshort\n-----END KEY-----\n`
const needles = [...formsOf("password", SECRET), ...formsOf("key", KEY)]

/** A zip of one stored file, as `zip -0` makes it. */
const ZIP = Buffer.from(
  "UEsDBBQAAAAAAAAAIQCK8UfTLAAAACwAAAABAAAAYXRva2VuID0gJ3Aic3MvdytyZCZvZj1hJXBlcnNvbicgIyBpbiBhIHdoZWVsUEsBAhQDFAAAAAAAAAAhAIrxR9MsAAAALAAAAAEAAAAAAAAAAAAAAIABAAAAAGFQSwUGAAAAAAEAAQAvAAAASwAAAAAA",
  "base64",
)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon-find-leaks-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

const basic = (user: string) => `Authorization: Basic ${Buffer.from(`${user}:${SECRET}`).toString("base64")}`

test.each<[string, string | Buffer, string, string]>([
  ["a log", `pushed with ${SECRET}, twice`, "password", "as it is"],
  ["an address", `https://joe:${encodeURIComponent(SECRET)}@example.org`, "password", "in an address"],
  ["a report", JSON.stringify({ why: `no ${SECRET}` }), "password", "in JSON"],
  ["a header", basic("joe"), "password", "in base64"],
  ["a header of another user", basic("jo"), "password", "in base64"],
  ["a header of a third", basic("j"), "password", "in base64"],
  ["a token", Buffer.from(`x${SECRET}`).toString("base64url"), "password", "in base64"],
  ["bytes of a database", Buffer.concat([Buffer.from([0, 255, 10]), Buffer.from(SECRET)]), "password", "as it is"],
  ["a layer", gzipSync(`a tar ${SECRET}`), "password", "as it is"],
  ["a wheel", ZIP, "password", "as it is"],
  ["a line of a key", KEY.split("\n")[1] ?? "", "key", "as it is"],
])("a secret that was planted in %s is found", async (name, text, secret, form) => {
  const place = mkdtempSync(join(folder, "place-"))
  writeFileSync(join(place, name), text)
  expect(await findLeaks(needles, [{ folder: place }])).toContainEqual(
    expect.objectContaining({ file: join(place, name), secret, form: expect.stringContaining(form) }),
  )
})

test("what is nothing of the kind is not", async () => {
  const place = mkdtempSync(join(folder, "place-"))
  writeFileSync(join(place, "log"), "password: ***\n-----BEGIN KEY-----\nshort\n")
  expect(await findLeaks(needles, [{ folder: place }])).toEqual([])
})
