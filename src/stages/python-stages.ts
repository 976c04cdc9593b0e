import type { Stage } from "../pipeline/stage.js"
import { audit } from "./audit.js"
import { build } from "./build.js"
import { coverage } from "./coverage.js"
import { image } from "./image.js"
import { lint } from "./lint.js"
import { outdated } from "./outdated.js"
import { resolve } from "./resolve.js"
import { sbom } from "./sbom.js"
import { security } from "./security.js"
import { test } from "./test.js"
import { types } from "./types.js"
import { version } from "./version.js"

/** The stages of a Python pipeline, in the order in which they are shown. */
export const pythonStages: readonly Stage[] = [
  version, // needs files and tags alone, and what ships must know its name
  resolve, // everything after it installs what it chose, so laptop and CI install the same bytes
  lint, // needs nothing but the code, so it answers first
  types, // needs the dependencies installed
  security, // looks at the packages alone, not at their dependencies
  build, // what is tested is what ships, so it comes before the tests
  test, // against the wheel, on each interpreter
  coverage, // of all interpreters together, so it comes after the last test
  audit, // looks at the world: a change is not to blame for it, and is not to ship with it
  outdated, // reports, and fails where a setting asks for it
  image, // by itself where the project shows that it ships one
  sbom, // of what the wheel installs, and of the wheel
]
