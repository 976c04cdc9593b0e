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
    if (!(error instanceof QuillonError)) throw error
    throw new Error(`${wordFor(error)}${error.message}\n  next: ${error.next}`, { cause: error })
  }
}

function wordFor({ code, kind }: QuillonError): string {
  if (tellsOfDisagreement(code)) return "failed: "
  return kind === "environment" ? "could not look: " : ""
}
