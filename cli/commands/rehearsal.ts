import { rm } from "node:fs/promises"
import { setTimeout as pause } from "node:timers/promises"
import { Command, Option } from "commander"
import { findHolder, type Holder, stopHolder } from "../../rehearsal/ask-holder.js"
import { readAccess, rehearsalFolder } from "../../rehearsal/state-folder.js"
import { cacheFolder } from "../cache-folder.js"
import { watchInterrupts } from "../interrupt.js"
import type { Io } from "../io.js"
import type { ProcessControl } from "../program.js"
import { rehearsalText } from "../rehearsal/rehearsal-text.js"
import { createStyle } from "../style.js"

/** `quillon rehearsal …`: throw-away targets, so that a release can be tried before the first real one. */
export function rehearsalCommand(io: Io, control: ProcessControl): Command {
  const folder = rehearsalFolder(cacheFolder(io.env))
  const rehearsal = new Command("rehearsal").description("throw-away targets for trying a release")

  rehearsal
    .command("up")
    .description("start them; they stay until: quillon rehearsal down")
    .action(async () => {
      const { signal } = watchInterrupts(io, control)
      const { startHolder } = await import("../rehearsal/start-holder.js")
      const holder = await findHolder(folder)
      if (holder === undefined) io.stderr.write("starting the servers; the first time takes a minute or two\n")
      await show(holder ?? (await startHolder(io, { folder, program: control.program, signal })))
    })

  rehearsal
    .command("down")
    .description("stop them; what they hold is kept for the next time")
    .option("--purge", "also forget what they hold")
    .action(async (options: { purge?: true }) => {
      const told = await stopHolder(folder)
      if (told !== undefined) await waitForEnd()
      if (options.purge) await rm(folder, { recursive: true, force: true })
      io.stdout.write(
        `${told === undefined ? "no rehearsal was up" : "the rehearsal is down"}${options.purge ? "; forgotten" : ""}\n`,
      )
    })

  rehearsal
    .command("list")
    .description("say which are up, where, and how often they were asked")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(async ({ format }: { format: "text" | "json" }) => {
      const holder = await findHolder(folder)
      if (format === "json") {
        const { id, ports, repository } = await readAccess(folder)
        const up = holder === undefined ? { up: false } : { up: true, id, ports, repository, requests: holder.counts }
        io.stdout.write(`${JSON.stringify(up, null, 2)}\n`)
      } else if (holder === undefined) io.stdout.write("no rehearsal is up; start one: quillon rehearsal up\n")
      else await show(holder)
      if (holder === undefined) io.leave(2)
    })

  rehearsal.command("hold", { hidden: true }).action(async () => {
    const { runHolder } = await import("../rehearsal/run-holder.js")
    await runHolder(io, control)
  })

  return rehearsal

  async function show(holder: Holder): Promise<void> {
    io.stdout.write(rehearsalText(await readAccess(folder), holder, createStyle(io)))
  }

  async function waitForEnd(): Promise<void> {
    while ((await findHolder(folder)) !== undefined) await pause(50)
  }
}
