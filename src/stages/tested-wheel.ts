import { type Artifact, betweenStages, type Inputs, type Need } from "../pipeline/artifact.js"

/**
 * The wheel less its long description: what is installed to be tested, so that an edit of the README repeats no test.
 * `build` proves that it holds what the wheel holds.
 */
export const TESTED_WHEEL = betweenStages("tested-wheel")

/** What a stage takes that installs the project; a pipeline without our `build` may give a wheel alone. */
export const INSTALLED_WHEEL: readonly Need[] = [TESTED_WHEEL, "wheel"].map((kind) => ({
  kind,
  from: "one",
  when: "passed",
  optional: true,
}))

/** The wheel to install, as folder and path; undefined where nothing was built. */
export function installedWheel(inputs: Inputs): { directory: Artifact["directory"]; path: string } | undefined {
  const wheel = inputs.maybe(TESTED_WHEEL) ?? inputs.maybe("wheel")
  const path = wheel?.files.find((file) => file.path.endsWith(".whl"))?.path
  return wheel === undefined || path === undefined ? undefined : { directory: wheel.directory, path }
}
