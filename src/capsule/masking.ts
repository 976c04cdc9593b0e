/** A text that must stand nowhere: the value of a secret, or a form of it. */
export interface KnownSecret {
  readonly name: string
  readonly value: string
  /** How the value is written; as it is when absent. */
  readonly form?: Form
}

/** Forms in which a value stands in files and addresses. */
type Form = "json" | "url" | "base64"

const WRITE: Readonly<Record<Form, (value: string) => string>> = {
  json: (value) => JSON.stringify(value).slice(1, -1),
  url: encodeURIComponent,
  base64: (value) => Buffer.from(value).toString("base64").replace(/=+$/, ""),
}

/** A shorter value stands in ordinary words and numbers; to mask it would hide nothing and break what is read back. */
const SHORTEST = 4

/** A variable whose name alone tells that its value is nobody's business, and how long the value must be. */
const TELLING = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY/i
const SHORTEST_GUESSED = 8

/** The values that must not get out: those of the secrets that the settings name, and of variables named like one. Pure. */
export function knownSecrets(
  env: Readonly<Record<string, string | undefined>>,
  named: readonly string[],
): readonly KnownSecret[] {
  const secrets = Object.entries(env).flatMap(([name, value = ""]) => {
    if (named.includes(name)) return value.length >= SHORTEST ? formsOf(name, value) : []
    return TELLING.test(name) && value.length >= SHORTEST_GUESSED ? formsOf(name, value) : []
  })
  // The longest first: one may be the beginning of another.
  return secrets.sort((a, b) => b.value.length - a.value.length)
}

function formsOf(name: string, value: string): readonly KnownSecret[] {
  const forms = Object.entries(WRITE).map(([form, write]) => ({ name, value: write(value), form: form as Form }))
  return [{ name, value }, ...forms.filter((form) => form.value !== value)]
}

/** What stands where a value stood: its name, and how it was written. */
function maskOf({ name, form }: Pick<KnownSecret, "name" | "form">): string {
  return `***${name}${form === undefined ? "" : `:${form}`}***`
}

/** Something with the values of secrets taken out, and the names of those that stood in it. */
export interface Masked<T> {
  readonly value: T
  readonly names: readonly string[]
}

/** Takes the values of secrets out of all texts of a value, keys included. Pure. */
export function maskSecrets<T>(value: T, secrets: readonly KnownSecret[]): Masked<T> {
  const names = new Set<string>()
  const maskText = (text: string) =>
    secrets.reduce((left, secret) => {
      if (!left.includes(secret.value)) return left
      names.add(secret.name)
      return left.replaceAll(secret.value, () => maskOf(secret))
    }, text)
  return { value: mapTexts(value, maskText) as T, names: [...names].sort() }
}

/** Puts values in where their masks stand, where they are known. Pure. */
export function unmaskSecrets<T>(
  value: T,
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): T {
  const known = names.flatMap((name) => (env[name] ? formsOf(name, env[name]) : []))
  // A function, because `$&` in a value would mean something.
  const unmask = (text: string) => known.reduce((left, each) => left.replaceAll(maskOf(each), () => each.value), text)
  return mapTexts(value, unmask) as T
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === "string") return map(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, map))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [map(key), mapTexts(each, map)]))
}

/** An address without the credentials in it. A user name of ssh is none, but a password is. Pure. */
export function withoutCredentials(address: string): string {
  return address.replace(/^(\w[\w+.-]*:\/\/)([^/@]*)@/, (_, scheme: string, who: string) =>
    scheme.startsWith("ssh") ? `${scheme}${who.split(":")[0]}@` : scheme,
  )
}
