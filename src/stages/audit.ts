import { z } from "zod"
import { DAY, observe } from "../pipeline/cache-policy.js"
import type { Gate } from "../pipeline/gate.js"
import type { Stage } from "../pipeline/stage.js"
import { AUDIT_PY } from "./assets.js"
import { readAudit } from "./audit-reading.js"
import { nobodyToAsk, serviceWords } from "./audit-service.js"
import { withProgram } from "./container-files.js"
import { AUDITED_FILES, IMAGE_CERTIFICATES, RESULTS_PATH, WORK_PATH } from "./places.js"
import { cellOnDefault } from "./python-cells.js"
import { safetyCommands } from "./safety.js"
import { noFindingFrom } from "./severity-gate.js"
import { ourRequirement } from "./tool-pins.js"

const measured = z.object({ packages: z.number(), excused: z.number() })

/** Demands that nothing is known of any release, but what a person excused until a day that has not passed. */
const auditGate: Gate = {
  demands: "no known vulnerability that is not excused",
  judge(looked, settings) {
    const verdict = noFindingFrom("high", "known vulnerability", "known vulnerabilities").judge(looked, settings)
    const { packages, excused } = measured.parse(looked.measures)
    const remark = `${packages} packages${excused === 0 ? "" : `, ${excused} excused`}`
    return verdict.passed ? { ...verdict, remark } : verdict
  },
}

/** Looks up what `resolve` gave, for all purposes, among the known vulnerabilities. */
export const audit: Stage = {
  name: "audit",
  title: "Audit dependencies",
  takes: [{ kind: "requirements", from: "one", when: "passed" }],
  cache: observe(DAY),
  baseline: "never",
  gate: auditGate,
  skip: (_project, settings) => nobodyToAsk(settings),
  cells: cellOnDefault,
  commands({ settings, toolchain, inputs, args }) {
    if (settings.audit.tool === "safety") return safetyCommands({ toolchain, inputs, args })
    const environment = toolchain.environment({
      python: toolchain.defaultPython,
      tools: [ourRequirement("pip-audit")],
    })
    const mounted = environment
      .withMountedDirectory(WORK_PATH, inputs.one("requirements").directory, { readOnly: true })
      .withWorkdir(WORK_PATH)
      .withEnvVariable("REQUESTS_CA_BUNDLE", IMAGE_CERTIFICATES)
    const { container, path } = withProgram(mounted, { name: "audit.py", text: AUDIT_PY })
    const report = `${RESULTS_PATH}-audit.json`
    const about = `${RESULTS_PATH}-audit-about.json`
    const { service, private: unasked } = settings.audit
    const plan = { files: AUDITED_FILES, private: unasked, probe: service === undefined || service === "pypi" }
    return [
      {
        name: "pip-audit",
        container,
        argv: [
          ...["python", path, JSON.stringify(plan), about],
          ...["--disable-pip", "--require-hashes", "--progress-spinner", "off"],
          ...["--cache-dir", `${RESULTS_PATH}-audit-cache`, "--format", "json", "--output", report],
          ...serviceWords(settings),
          ...args,
        ],
        reports: [
          { name: "audit", path: report },
          { name: "about", path: about },
        ],
      },
    ]
  },
  read: readAudit,
}
