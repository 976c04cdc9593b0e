import { DAY, observe } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import type { Settings } from "../project/settings.js"
import { readAudit } from "./audit-reading.js"
import { RESULTS_PATH, WORK_PATH } from "./places.js"
import { cellOnDefault } from "./python-cells.js"
import { noFindingFrom } from "./severity-gate.js"
import { ourRequirement } from "./tool-pins.js"

const PURPOSES = ["runtime", "test", "types"]

/** Looks up what `resolve` gave, for all purposes, among the known vulnerabilities. */
export const audit: Stage = {
  name: "audit",
  title: "Audit dependencies",
  takes: [{ kind: "requirements", from: "one", when: "passed" }],
  cache: observe(DAY),
  baseline: "never",
  gate: noFindingFrom("high", "known vulnerability"),
  cells: cellOnDefault,
  commands({ settings, toolchain, inputs, args }) {
    if (settings.audit.tool !== "pip-audit") return []
    const environment = toolchain.environment({
      python: toolchain.defaultPython,
      tools: [ourRequirement("pip-audit")],
    })
    const report = `${RESULTS_PATH}-audit.json`
    const files = PURPOSES.flatMap((purpose) => ["--requirement", `${purpose}.txt`])
    return [
      {
        name: "pip-audit",
        container: environment
          .withMountedDirectory(WORK_PATH, inputs.one("requirements").directory, { readOnly: true })
          .withWorkdir(WORK_PATH)
          // The image's own bundle, which has the certificates that the machine trusts.
          .withEnvVariable("REQUESTS_CA_BUNDLE", "/etc/ssl/certs/ca-certificates.crt"),
        argv: [
          ...["pip-audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"],
          ...["--cache-dir", `${RESULTS_PATH}-audit-cache`, "--format", "json", "--output", report],
          ...service(settings),
          ...args,
          ...files,
        ],
        reports: [{ name: "audit", path: report }],
      },
    ]
  },
  read: readAudit,
}

function service({ audit }: Settings): readonly string[] {
  if (audit.service === "pypi" || audit.service === "osv") return ["--vulnerability-service", audit.service]
  return ["--vulnerability-service", "osv", "--osv-url", audit.service]
}
