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
export function installedWheel(inputs: Inputs): WheelFile | undefined {
  return wheelFile(inputs.maybe(TESTED_WHEEL) ?? inputs.maybe("wheel"))
}

/** A wheel in its artifact. */
export type WheelFile = Pick<Artifact, "directory"> & { readonly path: string }

/** The wheel of an artifact that holds one. */
export function wheelFile(wheel: Artifact | undefined): WheelFile | undefined {
  const path = wheel?.files.find((file) => file.path.endsWith(".whl"))?.path
  return wheel === undefined || path === undefined ? undefined : { directory: wheel.directory, path }
}
