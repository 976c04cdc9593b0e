import type { Stage } from "../pipeline/stage.js"
import { build } from "./build.js"
import { lint } from "./lint.js"
import { resolve } from "./resolve.js"
import { test } from "./test.js"
import { types } from "./types.js"
import { version } from "./version.js"

/** The stages of a Python pipeline, in the order in which they are shown. */
export const pythonStages: readonly Stage[] = [
  version, // needs files and tags alone, and what ships must know its name
  resolve, // everything after it installs what it chose, so laptop and CI install the same bytes
  lint, // needs nothing but the code, so it answers first
  types, // needs the dependencies installed
  build, // what is tested is what ships, so it comes before the tests
  test, // against the wheel, on each interpreter
]
