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
  [["--tag", "v1.3.0", "--resume"], "--tag plans by itself what the tag lacks"],
  [["--abandon"], "a release is abandoned for a reason"],
  [["--because", "burnt"], "a release is abandoned for a reason"],
  [["--abandon", "--because", " "], "a release is abandoned for a reason"],
  [["--abandon", "--because", "burnt", "--resume"], "--abandon begins and finishes nothing"],
  [["--fail-after", "push"], "--fail-after breaks a release on purpose"],
])("%j contradicts itself, and nothing is opened", async (argv, message) => {
  await expect(release(...argv)).rejects.toThrow(message)
})
