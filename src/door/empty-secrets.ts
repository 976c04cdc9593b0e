import type { Secret } from "@dagger.io/dagger"
import { QuillonError } from "../errors.js"

/** What a call of the module hands in; of two secrets of a name the last counts. */
export interface HandedSecrets {
  readonly secretNames: readonly string[]
  /** Those of the names, in their order. */
  readonly secrets: readonly Secret[]
}

/**
 * Names whose secret is empty, or a variable that is not there. An empty one is none: so CI systems hand over what they do
 * not have. What can't be looked at for another reason is left to the stage that needs it.
 */
export async function emptySecrets({ secretNames, secrets }: HandedSecrets): Promise<ReadonlySet<string>> {
  const empty = await Promise.all(secrets.map(isEmpty))
  return new Set(
    [...new Map(secretNames.map((name, index) => [name, empty[index]]))].flatMap(([name, is]) => (is ? [name] : [])),
  )
}

async function isEmpty(secret: Secret): Promise<boolean> {
  try {
    return (await secret.plaintext()) === ""
  } catch (error) {
    return String(error).includes("secret env var not found")
  }
}

/** What is said where a stage asks for such a secret. */
export function emptySecret(name: string): QuillonError {
  return new QuillonError({
    code: "MISSING_SECRET",
    message: `the settings name the secret ${name}, and what the call hands in as ${name} is empty or not set`,
    next: `set it where dagger is called (export ${name}=…); CI systems withhold secrets from pull requests`,
    kind: "environment",
  })
}
