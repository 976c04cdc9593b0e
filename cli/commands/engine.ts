import { resolve } from "node:path"
import { Command, Option } from "commander"
import { bundleEngine } from "../../engine/bundle-command.js"
import { shellExports } from "../../engine/connection.js"
import { SDKS_ON_DEMAND } from "../../engine/contents.js"
import { down } from "../../engine/down.js"
import { followLog } from "../../engine/follow-log.js"
import { gigabytes } from "../../engine/gigabytes.js"
import { liveProgress } from "../../engine/live-progress.js"
import { openSession } from "../../engine/open-session.js"
import { enginePaths } from "../../engine/paths.js"
import { type Progress, plainProgress, type Screen } from "../../engine/progress.js"
import type { Session } from "../../engine/session.js"
import { engineStatus } from "../../engine/status.js"
import { up } from "../../engine/up.js"
import { QuillonError } from "../../src/errors.js"
import { renderStatus, renderUp } from "../engine-text.js"
import type { Io } from "../io.js"
import type { ProcessControl } from "../program.js"

/** `quillon engine …`: a real Dagger engine for a Linux machine that has no container runtime. */
export function engineCommand(io: Io, control: Pick<ProcessControl, "interrupts">): Command {
  const engine = new Command("engine").description("a Dagger engine of our own, for Linux machines without Docker")

  engine
    .command("up")
    .description("make what is missing and start the engine")
    .option("--from <file>", "use a bundle that another machine made")
    .option("--build", "make everything again, whatever the cache has")
    .addOption(
      new Option("--sdk <name...>", "carry this SDK too; TypeScript's is always there").choices(SDKS_ON_DEMAND),
    )
    .action(async (options: { from?: string; build?: true; sdk?: string[] }) => {
      if (options.from !== undefined && options.build) throw twoWays()
      const result = await withSession("up", { io, control }, (session) =>
        up(session, {
          make: options.build ? "anew" : "missing",
          ...(options.sdk === undefined ? {} : { sdks: options.sdk }),
          ...(options.from === undefined ? {} : { from: resolve(io.cwd, options.from) }),
        }),
      )
      if (result !== undefined) io.stdout.write(renderUp(result, io))
    })

  engine
    .command("down")
    .description("stop the engine and remove what it has on this machine")
    .option("--purge", "also delete its cache: state, builds, images")
    .action(async (options: { purge?: true }) => {
      const result = await withSession("down", { io, control }, (session) =>
        down(session, { purge: options.purge === true }),
      )
      if (result === undefined) return
      const freed = result.freed === undefined ? "" : `; ${gigabytes(result.freed)} freed`
      io.stdout.write(`${result.kind === "stopped" ? "the engine is stopped" : "no engine ran"}${freed}\n`)
    })

  engine
    .command("status")
    .description("say whether the engine runs, and what it serves")
    .option("--format <format>", "text or json", "text")
    .action(async (options: { format: string }) => {
      const status = await engineStatus(enginePaths(io.env))
      io.stdout.write(options.format === "json" ? `${JSON.stringify(status, null, 2)}\n` : renderStatus(status, io))
      if (status.state !== "running") io.leave(2)
    })

  engine
    .command("logs")
    .description("print the engine's log")
    .option("-f, --follow", "go on printing until interrupted")
    .action((options: { follow?: true }) =>
      followLog(enginePaths(io.env), {
        write: (text) => io.stdout.write(text),
        until: options.follow ? "interrupt" : "end",
        control,
      }),
    )

  engine
    .command("env")
    .description('print variables for a shell: eval "$(quillon engine env)"')
    .action(async () => {
      const status = await engineStatus(enginePaths(io.env))
      if (status.state !== "running" || status.binaries === undefined) throw notRunning(status.state)
      io.stdout.write(shellExports({ socket: status.socket, binaries: status.binaries }))
    })

  engine
    .command("bundle")
    .description("write what was built into one archive, for: engine up --from FILE")
    .requiredOption("-o, --output <file>", "the archive")
    .action(async (options: { output: string }) => {
      const target = resolve(io.cwd, options.output)
      const bytes = await withSession("bundle", { io, control }, (session) => bundleEngine(target, session))
      if (bytes === undefined) return
      io.stdout.write(`${options.output}: ${gigabytes(bytes)}; elsewhere: quillon engine up --from ${options.output}\n`)
    })

  return engine
}

interface Surroundings {
  readonly io: Io
  readonly control: Pick<ProcessControl, "interrupts">
}

/** Gives nothing when a person interrupted the work: it is then said, and the process ends with 130. */
async function withSession<T>(
  command: string,
  { io, control }: Surroundings,
  work: (session: Session) => Promise<T>,
): Promise<T | undefined> {
  const stop = new AbortController()
  let interrupted = false
  control.interrupts(() => {
    interrupted = true
    stop.abort(new Error("interrupted"))
  })
  const progress = createProgress(io)
  const session = openSession({ env: io.env, progress, signal: stop.signal, command })
  try {
    return await work(session)
  } catch (error) {
    // Whatever else runs at the same time must not go on behind an error.
    stop.abort(error)
    progress.close()
    if (!interrupted) io.stderr.write(`the full log is ${session.log.path}\n`)
    if (!interrupted) throw error
    io.stderr.write("interrupted; what was finished is kept\n")
    io.leave(130)
    return undefined
  } finally {
    progress.close()
    session.log.close()
  }
}

function createProgress(io: Io): Progress {
  const screen: Screen = {
    write: (text) => io.stderr.write(text),
    columns: io.columns,
    now: Date.now,
    colour: io.colour,
  }
  return io.isTTY && io.stderr.isTTY === true ? liveProgress(screen) : plainProgress(screen)
}

function twoWays(): QuillonError {
  return new QuillonError({
    code: "ENGINE_FROM_AND_BUILD",
    message: "--from takes what another machine built and --build builds it here",
    next: "quillon engine up --from FILE",
    kind: "usage",
  })
}

function notRunning(state: string): QuillonError {
  return new QuillonError({
    code: "ENGINE_NOT_RUNNING",
    message: `the engine is ${state}`,
    next: "quillon engine up",
    kind: "environment",
  })
}
