import { createColors } from "picocolors"
import { type Progress, type Screen, seconds } from "./progress.js"

interface Line {
  readonly title: string
  readonly started: number
  text: string
  state: "running" | "done" | "failed"
  ended: number
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
const INTERVAL = 100

/** A live task list for a terminal: finished tasks scroll away above, running ones are redrawn in place ten times a second. */
export function liveProgress(screen: Screen): Progress {
  const running: Line[] = []
  const render = createRenderer(screen)
  let drawn = 0
  let timer: NodeJS.Timeout | undefined

  const erase = () => (drawn === 0 ? "" : `\u001B[${drawn}A\u001B[0J`)
  const draw = (above = "") => {
    const lines = running.map((line) => render(line))
    screen.write(`${erase()}${above}${lines.map((line) => `${line}\n`).join("")}`)
    drawn = lines.length
  }
  const stop = () => {
    clearInterval(timer)
    timer = undefined
  }

  return {
    task: async (title, work) => {
      const line: Line = { title, started: screen.now(), text: "", state: "running", ended: 0 }
      running.push(line)
      timer ??= setInterval(draw, INTERVAL).unref()
      const finish = (state: Line["state"]) => {
        line.state = state
        line.ended = screen.now()
        running.splice(running.indexOf(line), 1)
        draw(`${render(line)}\n`)
        if (running.length === 0) stop()
      }
      try {
        const result = await work({
          say: (text) => {
            line.text = text
          },
        })
        finish("done")
        return result
      } catch (error) {
        finish("failed")
        throw error
      }
    },
    note: (text) => draw(`${text}\n`),
    close: stop,
  }
}

function createRenderer(screen: Screen): (line: Line) => string {
  const colours = createColors(screen.colour)
  const mark = (line: Line, now: number) => {
    if (line.state === "done") return colours.green("✓")
    if (line.state === "failed") return colours.red("✗")
    return colours.cyan(FRAMES[Math.floor(now / INTERVAL) % FRAMES.length] ?? "…")
  }
  return (line) => {
    const now = screen.now()
    const time = seconds((line.state === "running" ? now : line.ended) - line.started)
    const text = line.state === "running" && line.text !== "" ? `  ${line.text}` : ""
    const room = Math.max((screen.columns ?? 80) - line.title.length - time.length - 6, 0)
    const shown = text.length > room ? `${text.slice(0, Math.max(room - 1, 0))}…` : text
    return `${mark(line, now)} ${line.title} ${colours.dim(time + shown)}`
  }
}
