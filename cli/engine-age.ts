import coerce from "semver/functions/coerce.js"
import lt from "semver/functions/lt.js"
import { QuillonError } from "../src/errors.js"
import { DAGGER_VERSION } from "./dagger-program.js"

/** Refuses an engine that lacks what Quillon asks of it. @throws QuillonError OLD_ENGINE */
export function refuseOldEngine({ version, host }: { readonly version: string; readonly host: string }): void {
  const known = coerce(version)
  if (known !== null && lt(known, DAGGER_VERSION)) throw oldEngine(`the engine at ${host} is Dagger ${known.version}`)
}

/** What Dagger's program says where itself or the engine is too old for the other (0.21.7), in our words. */
export function ageIn(said: string, host: string): QuillonError | undefined {
  const [, who, version] = /incompatible (engine|client) version v?(\S+)/.exec(said) ?? []
  if (who === undefined) return undefined
  return oldEngine(
    who === "engine" ? `the engine at ${host} is Dagger ${version}` : `the program dagger here is ${version}`,
  )
}

function oldEngine(what: string): QuillonError {
  return new QuillonError({
    code: "OLD_ENGINE",
    message: `${what}, and Quillon needs ${DAGGER_VERSION} or newer`,
    next: "let Quillon choose: unset _EXPERIMENTAL_DAGGER_RUNNER_HOST and _EXPERIMENTAL_DAGGER_CLI_BIN; or bring it up to date",
    kind: "environment",
  })
}
