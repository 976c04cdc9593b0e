import { spawnSync } from "node:child_process"
import type { Input, Output } from "../io.js"

/** A keyboard whose bytes can be had as they are typed; a terminal of this machine has a descriptor. */
export type Keyboard = Input & { readonly fd?: number; setRawMode?(raw: boolean): unknown }

/** A terminal in raw mode. */
export interface RawTerminal {
  /** Gives the terminal back as it was; can be called again. `torn` where programs on it could not clean up. */
  restore(how?: "torn"): void
}

// What a program that was cut off may have left on: bracketed paste, the mouse, the other screen, a hidden cursor,
// application keys, colours. Not 1049, which also puts the cursor where it was before the other screen: there may be none.
const UNDO = "\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1047l\x1b[?25h\x1b[?1l\x1b>\x1b[0m\r\n"

/** Puts a terminal into raw mode. Whoever does so must {@link RawTerminal.restore | restore} it on every way out. */
export function takeRawTerminal(keyboard: Keyboard, screen: Output): RawTerminal {
  let held = true
  keyboard.setRawMode?.(true)
  showAsItComes(keyboard)
  return {
    restore(how) {
      if (!held) return
      held = false
      keyboard.setRawMode?.(false)
      keyboard.pause()
      if (how === "torn") screen.write(UNDO)
    },
  }
}

/**
 * Node's raw mode still turns each line feed into a new line, which tears what editors and pagers draw: the terminal
 * in the container has done that already. Giving the terminal back undoes this too. Where there is no `stty`, so be it.
 */
function showAsItComes({ fd }: Keyboard): void {
  if (fd !== undefined) spawnSync("stty", ["-opost"], { stdio: [fd, "ignore", "ignore"] })
}
