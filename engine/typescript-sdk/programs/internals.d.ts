// The parts of @dagger.io/dagger that are not exported by the package: bundled by their path below dist/.

declare module "dagger-internals:src/api/client.gen.js" {
  export { dag } from "@dagger.io/dagger"
}

declare module "dagger-internals:src/common/errors/index.js" {
  export class GraphQLRequestError extends Error {
    readonly extensions?: Readonly<Record<string, unknown>>
  }
  export class ExecError extends GraphQLRequestError {}
}

declare module "dagger-internals:src/common/context.js" {
  export class Context {}
}

declare module "dagger-internals:src/connect.js" {
  export function connect(callback: (client: unknown) => Promise<void>): Promise<void>
  export function connection(callback: () => Promise<void>): Promise<void>
}

declare module "dagger-internals:src/telemetry/index.js" {
  export function getTracer(name?: string): unknown
}

declare module "dagger-internals:src/module/decorators.js" {
  const decorators: unknown

  export { decorators }
}

declare module "dagger-internals:src/module/introspector/index.js" {
  export function scan(files: readonly string[], name: string, load: false): Promise<object>
}

declare module "dagger-internals:src/module/introspector/dagger_module/index.js"

declare module "dagger-internals:src/module/executor.js" {
  export class Executor {
    constructor(modules: readonly object[], types: object)
  }
}

declare module "dagger-internals:src/module/entrypoint/invoke.js" {
  export interface Invocation {
    readonly parentName: string
    readonly fnName: string
    readonly parentArgs: Readonly<Record<string, unknown>>
    readonly fnArgs: Readonly<Record<string, unknown>>
  }
  export function invoke(executor: object, types: object, call: Invocation): Promise<unknown>
}

declare module "dagger-internals:src/module/entrypoint/register.js" {
  export class Register {
    constructor(types: object)
    run(): Promise<string>
  }
}
