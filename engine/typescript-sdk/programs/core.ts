// What a module imports as @dagger.io/dagger, less its generated client.
export { Context } from "dagger-internals:src/common/context.js"
export * from "dagger-internals:src/common/errors/index.js"
export { connect, connection } from "dagger-internals:src/connect.js"
export * from "dagger-internals:src/module/decorators.js"
export { getTracer } from "dagger-internals:src/telemetry/index.js"
export { serve } from "./serve.js"
