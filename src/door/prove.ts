import { callerOf, type ModuleCall } from "./module-caller.js"
import { type ModuleRun, type ModuleSelection, runModule } from "./run-module.js"
import { tell } from "./tell.js"
import { describeTrouble } from "./verdict.js"

/** Runs the pipeline, or a part of it, for a caller of the module. @throws Error with the message that `tell` gives */
export function runFor(call: ModuleCall, selection: ModuleSelection): Promise<ModuleRun> {
  return tell(async () => runModule(await callerOf(call), selection))
}

/** The same where the caller wants proof. @throws Error whose message begins with `failed:` or `could not look:` */
export async function proveFor(call: ModuleCall, selection: ModuleSelection): Promise<ModuleRun> {
  const run = await runFor(call, selection)
  const trouble = describeTrouble(run.report)
  if (trouble !== undefined) throw new Error(trouble)
  return run
}
