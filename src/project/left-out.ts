import type { LeftOut } from "./files.js"
import type { Evidence } from "./project.js"

const SHOWN = 3

const CHANGES: Readonly<Record<LeftOut["why"], string>> = {
  "its name is not UTF-8": "rename it: wheels and sdists hold UTF-8 names alone",
  "it leads out of the project": "replace the link by the file: in a container it leads to something else",
  "it leads nowhere": "mend or remove the link",
}

/** Names without a file of the project behind them, as `inspect` shows them: one line for each reason. */
export function leftOutEvidence(leftOut: readonly LeftOut[]): readonly Evidence[] {
  return (Object.keys(CHANGES) as LeftOut["why"][]).flatMap((reason) => {
    const paths = leftOut.filter(({ why }) => why === reason).map(({ path }) => path)
    const more = paths.length - SHOWN
    const value = `${paths.slice(0, SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}: ${reason}`
    const [file] = paths
    return file === undefined ? [] : [{ fact: "left out", value, origin: { file }, change: CHANGES[reason] }]
  })
}
