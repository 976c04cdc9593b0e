import { unifiedDiff } from "../../src/release/diff/unified.js"
import { neutralise } from "../neutralise.js"
import { paintDiff } from "../paint-diff.js"
import type { Style } from "../style.js"
import type { ComparedWrapper, Standing } from "./standing.js"

/** What is wrong with a file and what to type, two lines without colours. */
export interface Remark {
  readonly message: string
  readonly next: string
}

/** The lines of a file by which it leads to ours. */
const LEAD = "include: [{ local: /.gitlab/quillon/*.yml }]"

/**
 * What a file's standing means to a person; undefined where nothing is to be said. Pure.
 *
 * @param command by which the files of this project are written
 */
export function remarkOnWrapper(
  { path, standing }: Pick<ComparedWrapper, "path" | "standing">,
  command = "quillon wrappers",
): Remark | undefined {
  const remarks: Readonly<Record<Standing, Remark | undefined>> = {
    same: undefined,
    absent: { message: `${path} is not there`, next: command },
    outdated: { message: `${path} is not what this version and these settings make`, next: command },
    edited: {
      message: `${path} was edited by hand above its line "# quillon: end"`,
      next: `move your own jobs below that line, or set [tool.quillon.ci]; then: ${command} --force ${path}`,
    },
    foreign: {
      message: `${path} is there, and Quillon did not write it`,
      next: `${command} --force ${path} replaces it: put jobs of your own back below its end line`,
    },
    apart: {
      message: `${path} is yours, and does not lead to the jobs of projects below the root`,
      next: `add to it: ${LEAD}`,
    },
  }
  return remarks[standing]
}

/** The change of a file as coloured lines of a patch. */
export function differenceLines(wrapper: Pick<ComparedWrapper, "path" | "before" | "after">, style: Style): string {
  const { path, before, after } = wrapper
  const diff = neutralise(unifiedDiff({ path, after, ...(before === undefined ? {} : { before }) })).trimEnd()
  return paintDiff(diff.replaceAll(/^(?:diff --git|new file mode) .*\n/gm, ""), style)
}
