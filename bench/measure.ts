/** What happened to the project before a run. */
export const SCENARIOS = ["cold", "unchanged", "README commit", "test edit", "source edit"] as const

/** One of {@link SCENARIOS}. */
export type Scenario = (typeof SCENARIOS)[number]

/** Who ran the cells. */
export const CONTESTANTS = ["quillon", "script", "nox", "tox"] as const

/** One of {@link CONTESTANTS}. */
export type ContestantName = (typeof CONTESTANTS)[number]

/** `core`: resolve, lint, types, build, test. `all`: every stage that `quillon ci` runs unasked. */
export type Breadth = "core" | "all"

/** One run. */
export interface Sample {
  readonly seconds: number
  readonly code: number
  /** What `quillon` alone tells of its run. */
  readonly own?: OwnSample
}

/** What the report and `-v` say of a run of Quillon. */
export interface OwnSample {
  readonly cells: number
  /** Addresses of cells that the engine did not have cached. */
  readonly again: readonly string[]
  /** Addresses of cells whose flag did not come. */
  readonly unknown: readonly string[]
  /** Addresses of cells that did not pass, with their outcome. */
  readonly unpassed: readonly string[]
  /** Seconds of the slowest cell that ran again; 0 when none did. */
  readonly slowest: number
  readonly roundTrips: number
  /** Milliseconds of the parts of the command, e.g. `project 107 ms, session 175 ms, run 775 ms`. */
  readonly phases: string
}

/** All runs of one contestant in one scenario. */
export interface Measure {
  readonly subject: string
  readonly scenario: Scenario
  readonly breadth: Breadth
  readonly contestant: ContestantName
  readonly samples: readonly Sample[]
  /** One-minute load average just before each sample: of other work, and of the sample before. */
  readonly load: readonly number[]
}

/** Start-up and engine, seconds each. */
export interface StartUp {
  readonly node: readonly number[]
  readonly launcher: readonly number[]
  readonly bundle: readonly number[]
  readonly engineUpAgain: readonly number[]
  readonly engineStatus: readonly number[]
}

/** The machine, the date and the command behind the figures. */
export interface Circumstances {
  readonly date: string
  readonly command: string
  readonly machine: string
  readonly commit: string
  readonly loadBefore: number
  /** One line for each interpreter: version on the host and in the engine. */
  readonly interpreters: readonly string[]
  /** Rival tools with versions. */
  readonly tools: readonly string[]
  /** Names of the stages that `quillon ci` ran unasked at that time. */
  readonly stages: readonly string[]
}

/** What the results say of a project beside its times. */
export interface MeasuredSubject {
  readonly title: string
  readonly pythons: readonly string[]
  /** As `Subject` has it. */
  readonly testsAlsoIn: readonly string[]
}

/** Everything that one run of the benchmark found out. */
export interface Results {
  readonly circumstances: Circumstances
  readonly startUp: StartUp
  readonly measures: readonly Measure[]
  /** Projects by name, with the interpreters of their matrix. */
  readonly subjects: Readonly<Record<string, MeasuredSubject>>
}
