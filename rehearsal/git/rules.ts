import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"

/** What a hosted remote refuses, beyond what git itself does. */
export interface GitRules {
  /** Full names of refs that nobody may push to, e.g. `refs/heads/main` of a protected branch. */
  readonly protected: readonly string[]
  /** Namespaces whose refs are refused, e.g. `refs/quillon/`. */
  readonly refusedNamespaces: readonly string[]
  /** Pushes that are refused before any is taken, whatever they push. */
  readonly refuseFirst: number
}

/** A remote that takes everything that git takes. */
export const NO_RULES: GitRules = { protected: [], refusedNamespaces: [], refuseFirst: 0 }

/** The folder in a repository where its hook finds the rules. */
const FOLDER = "rehearsal"

/**
 * Git runs this once for a push, before any ref moves, with a line `old new ref` for each; a code other than 0 refuses
 * the whole push (githooks, pre-receive).
 */
const PRE_RECEIVE = `#!/bin/sh
set -eu
rules=$GIT_DIR/${FOLDER}
left=$(cat "$rules/refuse-first")
if [ "$left" -gt 0 ]; then
  echo $((left - 1)) > "$rules/refuse-first"
  echo "GH006: the remote is in maintenance, try again" >&2
  exit 1
fi
while read -r old new ref; do
  while read -r name; do
    [ "$ref" != "$name" ] || { echo "GH006: Protected branch update failed for $ref." >&2; exit 1; }
  done < "$rules/protected"
  while read -r space; do
    case $ref in "$space"*) echo "refusing to update $ref: the namespace $space is reserved" >&2; exit 1 ;; esac
  done < "$rules/namespaces"
done
`

/** Puts the rules into force for all pushes that begin later. */
export async function writeRules(repository: string, rules: GitRules): Promise<void> {
  const folder = join(repository, FOLDER)
  await mkdir(folder, { recursive: true })
  await mkdir(join(repository, "hooks"), { recursive: true })
  await writeFile(join(folder, "protected"), lines(rules.protected))
  await writeFile(join(folder, "namespaces"), lines(rules.refusedNamespaces))
  await writeFile(join(folder, "refuse-first"), `${rules.refuseFirst}\n`)
  await writeFile(join(repository, "hooks", "pre-receive"), PRE_RECEIVE, { mode: 0o755 })
}

function lines(values: readonly string[]): string {
  return values.map((value) => `${value}\n`).join("")
}
