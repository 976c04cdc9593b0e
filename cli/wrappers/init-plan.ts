import type { Settings } from "../../src/project/settings.js"
import type { CiProposal } from "./ci-habits.js"
import { renderWrappers } from "./render.js"
import type { SettingsEdit } from "./settings-edit.js"
import { type ComparedWrapper, compareWrapper } from "./standing.js"

/** A file that `quillon init` would make or change. */
export interface InitFile {
  /** Relative to the repository's root. */
  readonly path: string
  readonly before: string | undefined
  readonly after: string
}

/** What `quillon init` does, and what it leaves alone. */
export interface InitPlan {
  readonly writes: readonly InitFile[]
  /** Files that are there and stay as they are, with what they are. */
  readonly keeps: readonly Pick<ComparedWrapper, "path" | "standing">[]
  /** Settings that would fit, in a file that is there and was not named. */
  readonly withheld: InitFile | undefined
}

/** What a plan is made from. */
export interface InitFacts {
  readonly settings: Settings
  readonly version: string
  /** Folder of the project relative to the repository's root. */
  readonly path: string
  /** As `renderWrappers` has it. */
  readonly around: readonly string[]
  readonly proposal: CiProposal
  readonly edit: SettingsEdit | undefined
  /** Texts of the wrappers that are there, by path. */
  readonly texts: Readonly<Record<string, string | undefined>>
  /** Files that may be replaced, relative to the repository's root. */
  readonly force: readonly string[]
}

/** Plans which files are written: new ones, and those that are named. Pure. @throws QuillonError as `renderWrappers` */
export function planInit({ settings, version, path, around, proposal, edit, texts, force }: InitFacts): InitPlan {
  const file = edit === undefined ? undefined : { ...edit, path: path === "." ? edit.path : `${path}/${edit.path}` }
  const written = file !== undefined && (file.before === undefined || force.includes(file.path)) ? file : undefined
  // The wrappers are those of the settings as they will stand, or `wrappers --check` would find them wrong at once.
  const standing = written === undefined ? settings : { ...settings, ci: { ...settings.ci, ...proposal } }
  const compared = renderWrappers({ settings: standing, path, around, version }).map((wrapper) =>
    compareWrapper(wrapper, texts[wrapper.path]),
  )
  const isWritten = ({ path: name, standing: how }: ComparedWrapper) =>
    how === "absent" || (how !== "same" && force.includes(name))
  return {
    writes: [...(written === undefined ? [] : [written]), ...compared.filter(isWritten)],
    keeps: compared.filter((wrapper) => !isWritten(wrapper)),
    withheld: written === undefined ? file : undefined,
  }
}
