export type ConnectOpts = { Workdir?: string; LogOutput?: unknown; LoadWorkspaceModules?: boolean }
export type CallbackFct = (client: unknown) => Promise<void>
export type ArgumentOptions = { defaultPath?: string; defaultAddress?: string; ignore?: string[] }
export type FunctionOptions = { alias?: string; cache?: "never" | "session" | string }

type Decorated = (target: object, key: string | symbol, descriptor?: PropertyDescriptor) => void
type ClassOf = new (...args: any[]) => any

export declare function connection(cb: () => Promise<void>, opts?: ConnectOpts): Promise<void>
export declare function connect(cb: CallbackFct, opts?: ConnectOpts): Promise<void>
export declare function serve(modules: object[], types: object): Promise<never>
export declare function object(): <T extends ClassOf>(constructor: T) => T
export declare function enumType(): <T extends ClassOf>(constructor: T) => T
export declare function func(opts?: FunctionOptions | string): Decorated
export declare function check(): Decorated
export declare function generate(): Decorated
export declare function up(): (target: object, key: string, descriptor: PropertyDescriptor) => PropertyDescriptor
export declare function field(alias?: string): (target: object, key: string) => void
export declare function argument(
  opts?: ArgumentOptions,
): (target: object, key: string | undefined, index: number) => void

export declare class Context {
  constructor(queryTree?: any[], connection?: any)
  select(operation: string, args?: Record<string, unknown>): Context
  selectNode(id: string, typeName: string): Context
  copy(): Context
  execute<T>(): Promise<T>
  getGQLClient(): any
}

export declare function getTracer(name?: string): {
  startActiveSpan<T>(name: string, fn: (span: any) => Promise<T>): Promise<T>
  startSpan(name: string): any
}
