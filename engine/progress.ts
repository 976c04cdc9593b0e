/** One task while it runs. */
export interface TaskHandle {
  /** Says what the task is doing right now; one short line. */
  readonly say: (text: string) => void
}

/** Where the long steps report; renderers differ, the steps do not know. */
export interface Progress {
  /** Runs a titled task; what it returns as `summary` stands behind its title when it is done. */
  readonly task: <T>(title: string, work: (handle: TaskHandle) => Promise<T>) => Promise<T>
  /** A line that belongs to no task. */
  readonly note: (text: string) => void
  /** Ends the display. */
  readonly close: () => void
}

/** The minimum of a terminal or a file that a renderer needs. */
export interface Screen {
  readonly write: (text: string) => void
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined
  readonly colour: boolean
  /** Milliseconds since some fixed moment. */
  readonly now: () => number
}

/** Plain lines for logs and CI: one when a task starts, one when it ends, and at most one every ten seconds in between. */
export function plainProgress(screen: Screen): Progress {
  const quiet = 10_000
  return {
    task: async (title, work) => {
      const started = screen.now()
      let last = started
      screen.write(`${title} …\n`)
      const say = (text: string) => {
        if (screen.now() - last < quiet) return
        last = screen.now()
        screen.write(`${title}: ${text}\n`)
      }
      try {
        const result = await work({ say })
        screen.write(`${title}: done in ${seconds(screen.now() - started)}\n`)
        return result
      } catch (error) {
        screen.write(`${title}: failed after ${seconds(screen.now() - started)}\n`)
        throw error
      }
    },
    note: (text) => screen.write(`${text}\n`),
    close: () => {},
  }
}

/** Milliseconds as a person reads them: `0.4 s`, `12 s`, `3 min 05 s`. */
export function seconds(milliseconds: number): string {
  const whole = milliseconds / 1000
  if (whole < 10) return `${whole.toFixed(1)} s`
  if (whole < 60) return `${Math.round(whole)} s`
  return `${Math.floor(whole / 60)} min ${String(Math.floor(whole % 60)).padStart(2, "0")} s`
}
