import { expect, test } from "vitest"
import { releaseCommand } from "../../../cli/commands/release.js"
import type { ProcessControl } from "../../../cli/program.js"
import { captureIo } from "./capture-io.js"

const release = (...argv: readonly string[]) =>
  releaseCommand(captureIo().io, {} as ProcessControl)
    .exitOverride()
    .parseAsync([...argv], { from: "user" })

test.each([
  [["--plan", "plan.json", "--resume"], "--resume plans nothing, so --plan has no use with it"],
  [["--take-over"], "--take-over is for --resume"],
  [["--fail-after", "push"], "--fail-after breaks a release on purpose"],
])("%j contradicts itself, and nothing is opened", async (argv, message) => {
  await expect(release(...argv)).rejects.toThrow(message)
})
