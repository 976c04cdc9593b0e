/** A project that is measured, with what its maintainers would write into a script, a noxfile or a tox.ini. */
export interface Subject {
  readonly name: string
  /** What it is, for the page. */
  readonly title: string
  /** Writes its files into a new folder and gives the folder. */
  readonly write: (pythons: readonly string[]) => Promise<string>
  /** Interpreters that it supports, as `X.Y`, ascending. */
  readonly pythons: readonly string[]
  /** The tag of its first commit, where its version is the tag. */
  readonly tag?: string
  /** Arguments of `pip install` for the tests; the wheel comes after them. */
  readonly testNeeds: readonly string[]
  /** Arguments of `pip install` for the type check. */
  readonly typesNeeds: readonly string[]
  /** Version of ruff that the pipeline takes for it. */
  readonly ruff: string
  /** True where the project formats its code with ruff or black, so that the pipeline checks the format. */
  readonly format: boolean
  /** What mypy is asked to check; nothing where its configuration says it. */
  readonly mypyTargets: readonly string[]
  /** Import packages below the tree, for the stages that look at them. */
  readonly packages: readonly string[]
  /** True where the project configures coverage, so that the pipeline measures it. */
  readonly coverage: boolean
  /** Stages beside lint, test and coverage that examine or pack its tests: `build` where the sdist has them. */
  readonly testsAlsoIn: readonly string[]
  /** Files that the edits are made in. */
  readonly readme: string
  readonly testFile: string
  readonly sourceFile: string
}
