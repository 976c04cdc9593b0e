import { QuillonError } from "../errors.js"
import { tellsOfDisagreement } from "../release/version/disagreement.js"

/**
 * Calls the library for a caller of the module, to whom Dagger shows the message of an error and no more: it begins
 * with `failed:` or `could not look:` where it is no wrong usage (DESIGN §1), and ends with what to type next.
 */
export async function tell<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const told = error instanceof QuillonError ? error : missingFolder(error)
    if (told === undefined) throw error
    throw new Error(`${wordFor(told)}${told.message}\n  next: ${inOurWords(told.next)}`, { cause: error })
  }
}

/** The library speaks of the command line. */
function inOurWords(next: string): string {
  return next.replace(/\bquillon ci (\S+)/, "dagger call --path $1 ci")
}

/** The engine's words for a path at which the project does not lie. */
function missingFolder(error: unknown): QuillonError | undefined {
  const said = error instanceof Error ? error.message : ""
  const [, named, below] =
    /^(?:workspace directory "([^"]+)": .*|stat (\S+)): no such file or directory/s.exec(said) ?? []
  const path = named ?? below
  if (path === undefined) return undefined
  return new QuillonError({
    code: "NO_SUCH_FOLDER",
    message: `there is no folder ${path}`,
    next: "--path names the folder of a Python project, relative to that of the call, or to --source",
    kind: "usage",
  })
}

function wordFor({ code, kind }: QuillonError): string {
  if (tellsOfDisagreement(code)) return "failed: "
  return kind === "environment" ? "could not look: " : ""
}
