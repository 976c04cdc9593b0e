// What the bundle carries of @dagger.io/dagger: the generated client and its errors.
// Left out: OpenTelemetry's exporters, the module runtime with the TypeScript compiler, and provisioning,
// which cost 5 MB and 300 ms at every start.

export * from "dagger-sdk:api/client.gen.js"
export { Context } from "dagger-sdk:common/context.js"
export * from "dagger-sdk:common/errors/index.js"
export { GraphQLClient } from "./graphql-request.mjs"
