/** Types of core.js, the client library less the part that is generated for a module. */

export type ConnectOpts = { Workdir?: string; LogOutput?: unknown; LoadWorkspaceModules?: boolean }
export type CallbackFct = (client: unknown) => Promise<void>
export type ArgumentOptions = { defaultPath?: string; defaultAddress?: string; ignore?: string[] }
export type FunctionOptions = { alias?: string; cache?: "never" | "session" | (string & {}) }

type MethodMark = (target: object, key: string | symbol, descriptor?: PropertyDescriptor) => void
// biome-ignore lint/suspicious/noExplicitAny: a class may take anything
type Class = new (...args: any[]) => any
type ClassMark = <T extends Class>(marked: T) => T

export declare function connection(callback: () => Promise<void>, options?: ConnectOpts): Promise<void>
export declare function connect(callback: CallbackFct, options?: ConnectOpts): Promise<void>
export declare function serve(modules: object[], types: object): Promise<never>
export declare function object(): ClassMark
export declare function enumType(): ClassMark
export declare function func(options?: FunctionOptions | string): MethodMark
export declare function check(): MethodMark
export declare function generate(): MethodMark
export declare function up(): MethodMark
export declare function field(alias?: string): (target: object, key: string) => void
export declare function argument(
  options?: ArgumentOptions,
): (target: object, key: string | undefined, index: number) => void

// The generated client is written against the library's own sources, which are loosely typed here and there.
export declare class Context {
  // biome-ignore lint/suspicious/noExplicitAny: as in the library
  constructor(queryTree?: any[], connection?: any)
  select(operation: string, args?: Record<string, unknown>): Context
  selectNode(id: string, typeName: string): Context
  copy(): Context
  execute<T>(): Promise<T>
  // biome-ignore lint/suspicious/noExplicitAny: as in the library
  getGQLClient(): any
}

export declare function getTracer(name?: string): {
  // biome-ignore lint/suspicious/noExplicitAny: a span of OpenTelemetry, which is not installed beside a module
  startActiveSpan<T>(name: string, fn: (span: any) => Promise<T>): Promise<T>
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  startSpan(name: string): any
}
