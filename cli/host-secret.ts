import { missingSecret } from "../src/create-world.js"
import { QuillonError } from "../src/errors.js"
import type { Io } from "./io.js"

/**
 * The value of a secret in the environment. An empty one is none: so CI systems hand over what they do not have.
 *
 * @throws QuillonError MISSING_SECRET
 */
export function readSecret(env: Io["env"], name: string): string {
  const value = env[name]
  if (value !== undefined && value !== "") return value
  const { code, message, next, kind } = missingSecret(name)
  throw new QuillonError({ code, message, next: nextInCi(env, name) ?? next, kind })
}

function nextInCi(env: Io["env"], name: string): string | undefined {
  if (env.GITHUB_ACTIONS === "true") {
    return env.GITHUB_EVENT_NAME === "pull_request"
      ? "pull requests get no secrets: skip what needs it where it is absent"
      : `add ${name} to the repository's Actions secrets; quillon wrappers hands it over`
  }
  if (env.GITLAB_CI !== "true") return undefined
  return `add ${name} to the project's CI/CD variables; protected ones reach protected branches alone`
}
