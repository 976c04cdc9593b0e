import { SEVERITIES } from "../findings/finding.js"
import { PURE } from "../pipeline/cache-policy.js"
import type { Gate } from "../pipeline/gate.js"
import type { Stage } from "../pipeline/stage.js"
import { withReadOnlyWork } from "./container-files.js"
import { RESULTS_PATH } from "./places.js"
import { readSecurity } from "./security-reading.js"
import { toolRequirement } from "./tool-pins.js"

const CONFIGURATION = [".bandit", "pyproject.toml", "bandit.yaml", "bandit.yml"]

/** Demands that bandit found nothing as severe as the setting `security.severity`. */
const securityGate: Gate = {
  demands: ({ security }) => `no finding of severity ${security.severity.toUpperCase()} or above`,
  judge({ findings }, { security }) {
    const limit = SEVERITIES.indexOf(security.severity)
    const bad = findings.filter(({ severity }) => SEVERITIES.indexOf(severity) >= limit)
    const word = security.severity.toUpperCase()
    return bad.length === 0
      ? { passed: true, message: `no finding of severity ${word} or above` }
      : { passed: false, message: `${bad.length} of severity ${word} or above` }
  },
}

/** Looks for security defects in the packages with bandit; tests beside them are not examined. */
export const security: Stage = {
  name: "security",
  title: "Check security",
  cache: PURE,
  gate: securityGate,
  skip: ({ packages }) => (packages.length === 0 ? "no import package was found" : undefined),
  commands({ project, sources, toolchain, args }) {
    const { packages, tools } = project
    const tool = toolRequirement("bandit", tools.bandit?.pin)
    const environment = toolchain.environment({ python: toolchain.defaultPython, tools: [tool] })
    const include = [...CONFIGURATION, ...packages.map(({ kind, path }) => (kind === "module" ? path : `${path}/**`))]
    const configured = tools.bandit?.configured?.file
    const report = `${RESULTS_PATH}-bandit.json`
    return [
      {
        name: "bandit",
        container: withReadOnlyWork(environment, sources.view({ include, exclude: ["**/__pycache__"] })),
        argv: [
          ...["bandit", "--recursive", "--quiet", "--format", "json", "--output", report],
          // bandit finds an INI file by itself, and no other.
          ...(configured === undefined || configured === ".bandit" ? [] : ["--configfile", configured]),
          ...args,
          ...packages.map(({ path }) => path),
        ],
        reports: [{ name: "bandit", path: report }],
      },
    ]
  },
  read: readSecurity,
}
