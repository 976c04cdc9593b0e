/** A text that must stand nowhere. */
export interface Needle {
  readonly secret: string
  readonly form: string
  readonly text: string
}

/**
 * The forms in which a secret is found out: as it is, as part of an address, in a JSON text, and in base64 after any number
 * of other bytes (`user:secret` of a header). Of a value of several lines each long line counts.
 */
export function formsOf(secret: string, value: string): readonly Needle[] {
  const lines = value.split("\n").filter((line) => line.length >= 12 && !line.startsWith("-----"))
  const found = new Map<string, string>()
  for (const line of lines) {
    found.set(line, "as it is")
    for (const [form, text] of [
      ["in an address", encodeURIComponent(line)],
      ["in JSON", JSON.stringify(line).slice(1, -1)],
      ...[0, 1, 2].flatMap((offset) => {
        const text = inBase64(line, offset)
        return [
          ["in base64", text],
          ["in base64url", text.replaceAll("+", "-").replaceAll("/", "_")],
        ]
      }),
    ] as const) {
      if (!found.has(text ?? "")) found.set(text ?? "", form ?? "")
    }
  }
  return [...found].map(([text, form]) => ({ secret, form, text }))
}

/** The part of a text's base64 that is the same whatever stands around it, after `offset` bytes modulo three. */
function inBase64(text: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3))
  return whole.toString("base64").slice(offset === 0 ? 0 : 4)
}
