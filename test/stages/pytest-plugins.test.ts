import { expect, it } from "vitest"
import { pluginsOf } from "../../src/stages/pytest-plugins.js"

it.each([
  // tqdm 4.67.1, whose configuration has the option.
  ["unrecognized arguments: --asyncio-mode=strict", ["pytest-asyncio"]],
  ["unrecognized arguments: --cov=x --cov-report=xml -n auto --no-such", ["pytest-cov", "pytest-xdist"]],
  ["unrecognized arguments: --covert", []],
  ["argument --x: expected one argument", []],
])("knows whose options they are: %s", (said, plugins) => {
  expect(pluginsOf(said)).toEqual(plugins)
})
