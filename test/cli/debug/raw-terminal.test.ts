import { PassThrough } from "node:stream"
import { expect, test } from "vitest"
import { takeRawTerminal } from "../../../cli/debug/raw-terminal.js"

function terminal() {
  const modes: boolean[] = []
  const keyboard = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw) })
  const screen = new PassThrough()
  return { modes, keyboard, screen, shown: () => String(screen.read() ?? "") }
}

test("a terminal is raw until it is given back, once", () => {
  const { modes, keyboard, screen, shown } = terminal()
  const raw = takeRawTerminal(keyboard, screen)
  expect(modes).toEqual([true])
  raw.restore()
  raw.restore("torn")
  expect(modes).toEqual([true, false])
  expect(shown()).toBe("")
  expect(keyboard.isPaused()).toBe(true)
})

test("what a program that was cut off left on is undone", () => {
  const { keyboard, screen, shown } = terminal()
  takeRawTerminal(keyboard, screen).restore("torn")
  const text = shown()
  // Bracketed paste, the second screen, the hidden cursor.
  for (const sequence of ["\x1b[?2004l", "\x1b[?1047l", "\x1b[?25h"]) expect(text).toContain(sequence)
})
