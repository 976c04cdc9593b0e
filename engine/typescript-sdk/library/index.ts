export * from "./client.gen.js"
export type { ArgumentOptions, CallbackFct, ConnectOpts, FunctionOptions } from "./core.js"
export {
  argument,
  Context,
  check,
  connect,
  connection,
  enumType,
  field,
  func,
  generate,
  object,
  up,
} from "./core.js"
