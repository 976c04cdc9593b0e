/** One call on an object of the engine: the method, then its arguments. */
export type Call = readonly [method: string, ...args: unknown[]]

/**
 * Stands for a lazy object of the engine: remembers each call on itself or on what came of it, and answers with another
 * such object, or as a test says.
 */
export function lazyObject(
  calls: Call[],
  answers: Readonly<Record<string, (...args: unknown[]) => unknown>> = {},
): never {
  return new Proxy(
    {},
    {
      get: (_, method) => {
        // An awaited object must not look like a promise.
        if (method === "then") return undefined
        return (...args: unknown[]) => {
          calls.push([String(method), ...args])
          return answers[String(method)]?.(...args) ?? lazyObject(calls, answers)
        }
      },
    },
  ) as never
}
