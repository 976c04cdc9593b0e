import { PURE } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import { FIX_LINT_PY } from "./assets.js"
import { withOwnWork, withProgram } from "./container-files.js"
import { FIXED_FILES, readFix } from "./fix-lint-reading.js"
import { CHECKED, formats, formattedFiles, ruff, ruffRequirement } from "./lint.js"
import { RESULTS_PATH } from "./places.js"

/**
 * What `lint` would have fixed: ruff's fixes and format on a copy of the files. It has the name of `lint`, and so its
 * settings, and stands in a pipeline of its own; who asked for it decides what becomes of the files.
 */
export const fixLint: Stage = {
  name: "lint",
  title: "Fix lint findings",
  gives: [FIXED_FILES],
  cache: PURE,
  gate: {
    demands: "nothing that is left",
    judge: ({ findings: { length } }) => ({
      passed: length === 0,
      message: `${length === 0 ? "nothing" : `${length} ${length === 1 ? "finding" : "findings"}`} left`,
    }),
  },
  commands(ctx) {
    const { project, settings, sources, args } = ctx
    const requirement = ruffRequirement(project)
    const format = formats(project, settings)
    const files = sources.view(format ? formattedFiles(project, requirement) : CHECKED)
    const work = withOwnWork(ruff(ctx, requirement), files)
    const { container, path } = withProgram(work, { name: "fix_lint.py", text: FIX_LINT_PY })
    const out = `${RESULTS_PATH}-fix`
    return [
      {
        name: "fix",
        container,
        argv: ["python", path, out, format ? "format" : "no-format", "--", ...args],
        reports: [
          { name: "fix", path: `${out}/fix.json` },
          { name: "left", path: `${out}/left.json` },
        ],
        keeps: [{ kind: FIXED_FILES, path: `${out}/fixed` }],
      },
    ]
  },
  read: readFix,
}
