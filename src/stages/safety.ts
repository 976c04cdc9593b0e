import type { Command } from "../pipeline/command.js"
import type { StageContext } from "../pipeline/stage.js"
import { AUDITED_FILES, IMAGE_CERTIFICATES, RESULTS_PATH, WORK_PATH } from "./places.js"
import { ourRequirement } from "./tool-pins.js"

/** The variable in which safety looks for the key of an account; a secret of this name is named in `audit.secrets`. */
export const SAFETY_KEY = "SAFETY_API_KEY"

/**
 * Looks up what `resolve` gave with safety. It is its `check`, which prints every vulnerability of a requirements file;
 * `scan` wants a repository, and uploads what it found to the account.
 */
export function safetyCommands({ toolchain, inputs, args }: Pick<StageContext, "toolchain" | "inputs" | "args">) {
  const environment = toolchain.environment({
    python: toolchain.defaultPython,
    tools: [ourRequirement("safety")],
  })
  const report = `${RESULTS_PATH}-safety.json`
  const command: Command = {
    name: "safety",
    container: environment
      .withMountedDirectory(WORK_PATH, inputs.one("requirements").directory, { readOnly: true })
      .withWorkdir(WORK_PATH)
      .withEnvVariable("SAFETY_CA_BUNDLE", IMAGE_CERTIFICATES),
    argv: [
      ...["safety", "--disable-optional-telemetry", "check", "--disable-audit-and-monitor"],
      ...["--output", "json", "--save-json", report],
      ...args,
      ...AUDITED_FILES.flatMap((file) => ["--file", file]),
    ],
    reports: [{ name: "safety", path: report }],
  }
  return [command]
}
