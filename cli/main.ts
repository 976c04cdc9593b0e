import packageJson from "../package.json" with { type: "json" }
import { exitCodeOfError } from "./exit-code.js"
import { type ExitCode, type Io, isDrawable, type PassedCode, type Surroundings, wantsColour } from "./io.js"

const [node, script = "", ...argv] = process.argv
const { stdin, stdout, stderr, env } = process

// A reader that went away (`quillon … | head`) is no error of ours.
stdout.on("error", leaveWhenClosed)
stderr.on("error", leaveWhenClosed)

process.on("uncaughtException", (error) => void bug(error))
void run()

async function run(): Promise<void> {
  let code: ExitCode | PassedCode = 0
  const surroundings: Surroundings = { env, stdin, stdout, stderr }
  const io: Io = {
    ...surroundings,
    argv,
    cwd: process.cwd(),
    isTTY: isDrawable(surroundings),
    columns: stdout.columns ?? 80,
    colour: wantsColour(surroundings),
    leave(next) {
      code = next
    },
  }
  const { runProgram } = await import("./program.js")
  try {
    await runProgram(io, {
      version: packageJson.version,
      program: [node ?? process.execPath, script],
      interrupts: (listener) => {
        process.on("SIGINT", listener)
        process.on("SIGTERM", listener)
        process.on("SIGHUP", listener)
      },
      atExit: (action) => process.on("exit", action),
      exit: (now) => process.exit(now),
    })
  } catch (error) {
    const { complain } = await import("./complain.js")
    complain(io, error)
    code = exitCodeOfError(error)
  }
  // Sockets and a dying child must not hold the process once all is said.
  stdout.write("", () => stderr.write("", () => process.exit(code)))
}

async function bug(error: unknown): Promise<void> {
  const { complain } = await import("./complain.js")
  complain({ stderr, colour: wantsColour({ env, stdout }) }, error)
  process.exit(exitCodeOfError(error))
}

function leaveWhenClosed(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(130 satisfies ExitCode)
  throw error
}
