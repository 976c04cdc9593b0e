import { Command, CommanderError } from "commander"
import type { ExitCode, Io } from "./io.js"

/** What only the process itself can do for the program. */
export interface ProcessControl {
  readonly version: string
  /** The program and its script, by which another process of it is started. */
  readonly program: readonly [string, ...string[]]
  /** The first argument that is no option: the command. */
  readonly word?: string | undefined
  /** What followed `--`, for the tool of a stage. */
  readonly toolArguments: readonly string[]
  /** Calls the listener for every signal that asks the program to end. */
  interrupts(listener: () => void): void
  /** Calls the action when the process ends, however it does but by a kill: gives the terminal back. */
  atExit(action: () => void): void
  /** Ends the process at once. */
  exit(code: ExitCode): void
}

interface Part {
  readonly names: readonly string[]
  load(io: Io, control: ProcessControl): Promise<readonly Command[]>
}

/** Commands by the file that has them; only the file that is needed is evaluated, which keeps start-up short. */
const PARTS: readonly Part[] = [
  { names: ["ci"], load: async (io, control) => [(await import("./commands/ci.js")).ciCommand(io, control)] },
  {
    names: ["baseline"],
    load: async (io, control) => [(await import("./commands/baseline.js")).baselineCommand(io, control)],
  },
  { names: ["inspect"], load: async (io) => [(await import("./commands/inspect.js")).inspectCommand(io)] },
  { names: ["schema"], load: async (io) => [(await import("./commands/schema.js")).schemaCommand(io)] },
  {
    names: ["engine"],
    load: async (io, control) => [(await import("./commands/engine.js")).engineCommand(io, control)],
  },
  {
    names: ["doctor"],
    load: async (io, control) => [(await import("./commands/doctor.js")).doctorCommand(io, control)],
  },
  {
    names: ["changelog"],
    load: async (io, control) => [(await import("./commands/changelog.js")).changelogCommand(io, control)],
  },
  { names: ["plan"], load: async (io, control) => [(await import("./commands/plan.js")).planCommand(io, control)] },
  {
    names: ["release"],
    load: async (io, control) => [(await import("./commands/release.js")).releaseCommand(io, control)],
  },
  {
    names: ["status"],
    load: async (io, control) => [(await import("./commands/status.js")).statusCommand(io, control)],
  },
  { names: ["init"], load: async (io, control) => [(await import("./commands/init.js")).initCommand(io, control)] },
  {
    names: ["wrappers"],
    load: async (io, control) => [(await import("./commands/wrappers.js")).wrappersCommand(io, control)],
  },
  {
    names: ["rehearsal"],
    load: async (io, control) => [(await import("./commands/rehearsal.js")).rehearsalCommand(io, control)],
  },
  { names: ["debug"], load: async (io, control) => [(await import("./commands/debug.js")).debugCommand(io, control)] },
  { names: ["report"], load: async (io) => [(await import("./commands/report.js")).reportCommand(io)] },
  { names: ["why"], load: async (io) => [(await import("./commands/why.js")).whyCommand(io)] },
  { names: ["version"], load: async (io) => [(await import("./commands/version.js")).versionCommand(io)] },
]

/** Everything that is no host command is a verb of the pipeline: `quillon lint`. */
const VERBS: Part = {
  names: [],
  load: async (io, control) => (await import("./commands/stage.js")).stageCommands(io, control),
}

/**
 * Parses the arguments and runs the command that they name.
 *
 * @throws QuillonError as the command throws it, and for wrong usage.
 */
export async function runProgram(io: Io, process: Omit<ProcessControl, "word" | "toolArguments">): Promise<void> {
  const { own, toolArguments } = splitArguments(io.argv)
  const control = { ...process, toolArguments, word: own.find((argument) => !argument.startsWith("-")) }
  const program = new Command("quillon")
    .description("CI/CD pipelines for Python projects, in containers of a Dagger engine")
    .version(control.version, "-V, --version")
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    })
  for (const command of (await loadParts(io, control)).flat()) {
    program.addCommand(inheritFrom(program, command))
  }
  try {
    await program.parseAsync([...own], { from: "user" })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0) io.leave(64)
  }
}

/** Arguments of ours, and those after the first `--`. */
function splitArguments(argv: readonly string[]): { own: readonly string[]; toolArguments: readonly string[] } {
  const at = argv.indexOf("--")
  return at === -1 ? { own: argv, toolArguments: [] } : { own: argv.slice(0, at), toolArguments: argv.slice(at + 1) }
}

async function loadParts(io: Io, control: ProcessControl): Promise<readonly (readonly Command[])[]> {
  const { word } = control
  const part = PARTS.find(({ names }) => word !== undefined && names.includes(word))
  if (part !== undefined) return [await part.load(io, control)]
  const [ci, ...others] = PARTS
  return Promise.all([...(ci === undefined ? [] : [ci]), VERBS, ...others].map(({ load }) => load(io, control)))
}

/** commander hands settings down to commands made by `command()`, not to those that are added. */
function inheritFrom(parent: Command, command: Command): Command {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) inheritFrom(command, child)
  return command
}
