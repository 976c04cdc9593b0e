import { inspectProject } from "../project/inspect.js"
import { callerOf, type ModuleCall } from "./module-caller.js"

/** What the caller's project is and where each fact was read, as JSON. @throws QuillonError as `inspectProject` does */
export async function inspectionOf(call: ModuleCall): Promise<string> {
  const { files, path } = await callerOf(call)
  const { project, settings } = await inspectProject(files, { path })
  return JSON.stringify({ project, settings }, null, 2)
}
