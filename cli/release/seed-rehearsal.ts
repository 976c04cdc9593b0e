import { execa } from "execa"
import { QuillonError } from "../../src/errors.js"

/** What the rehearsal's remote is given before anything is rehearsed. */
export interface Seed {
  /** The person's repository; only read. */
  readonly folder: string
  /** The rehearsal's bare repository. */
  readonly repository: string
  readonly branch: string
}

/**
 * Pushes the present commit and all tags to the rehearsal's remote, as a person would have before a real release.
 *
 * @throws QuillonError REHEARSAL_DIVERGED where the rehearsal has other commits or tags
 */
export async function seedRehearsal({ folder, repository, branch }: Seed): Promise<void> {
  const refs = [`HEAD:refs/heads/${branch}`, "refs/tags/*:refs/tags/*"]
  const { exitCode, stderr } = await execa(
    "git",
    ["-C", folder, "push", "--quiet", "--no-verify", "--atomic", repository, ...refs],
    { stdin: "ignore", reject: false },
  )
  if (exitCode === 0) return
  const line = stderr.split("\n").find((text) => /rejected|error|fatal/.test(text)) ?? stderr.split("\n")[0]
  throw new QuillonError({
    code: "REHEARSAL_DIVERGED",
    message: `the rehearsal's git remote does not take this commit: ${line?.trim() ?? "git said nothing"}`,
    next: `git pull --tags ${repository} ${branch}, or forget it: quillon rehearsal down --purge`,
    kind: "usage",
  })
}
