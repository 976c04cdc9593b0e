/** Measures what the parts of a command cost. */
export interface Phases {
  /** Times a part; parts may overlap. */
  time<T>(name: string, part: Promise<T>): Promise<T>
  /** `start 62 ms, session 70 ms, …` in the order in which the parts ended. */
  describe(): string
}

/** Starts the clock; `clock` gives milliseconds. */
export function createPhases(clock: () => number): Phases {
  const ended: string[] = []
  return {
    async time(name, part) {
      const began = clock()
      try {
        return await part
      } finally {
        ended.push(`${name} ${Math.round(clock() - began)} ms`)
      }
    },
    describe: () => ended.join(", "),
  }
}
