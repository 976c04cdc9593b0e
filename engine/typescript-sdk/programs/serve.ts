import { dag } from "dagger-internals:src/api/client.gen.js"
import { ExecError, GraphQLRequestError } from "dagger-internals:src/common/errors/index.js"
import { connection } from "dagger-internals:src/connect.js"
import { invoke } from "dagger-internals:src/module/entrypoint/invoke.js"
import { Executor } from "dagger-internals:src/module/executor.js"
import { revive } from "./flatten.js"

/** Runs the one function call for which this process was started, and ends the process. */
export async function serve(modules: readonly object[], types: object): Promise<never> {
  let failed = false
  await connection(async () => {
    const call = dag.currentFunctionCall()
    try {
      const [parentName, fnName, parent, inputs] = await Promise.all([
        call.parentName(),
        call.name(),
        call.parent(),
        call.inputArgs(),
      ])
      const args = await Promise.all(inputs.map((input) => Promise.all([input.name(), input.value()])))
      const module = revive(types) as object
      const result = await invoke(new Executor(modules, module), module, {
        parentName,
        fnName,
        parentArgs: JSON.parse(parent) ?? {},
        fnArgs: Object.fromEntries(args.map(([name, value]) => [name, JSON.parse(value)])),
      })
      await call.returnValue(JSON.stringify(result ?? null) as never)
    } catch (error) {
      failed = true
      await call.returnError(describe(error))
    }
  })
  process.exit(failed ? 1 : 0)
}

function describe(thrown: unknown) {
  const error = dag.error(messageOf(thrown))
  if (!(thrown instanceof ExecError || thrown instanceof GraphQLRequestError)) return error
  return Object.entries(thrown.extensions ?? {})
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .reduce((described, [key, value]) => described.withValue(key, JSON.stringify(value) as never), error)
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message
  return typeof thrown === "string" ? thrown : JSON.stringify(thrown)
}
