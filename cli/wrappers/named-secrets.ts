import type { Settings } from "../../src/project/settings.js"

/**
 * Names of the secrets that a run of these settings asks for, each once and sorted. Pure.
 *
 * @param only stages that the run has; all when absent.
 */
export function namedSecrets(settings: Settings, only?: readonly string[]): readonly string[] {
  const { index } = settings
  const tables = Object.entries(settings).filter(([stage]) => only === undefined || only.includes(stage))
  const stages = tables.flatMap(([, value]) => (hasSecrets(value) ? [value] : []))
  const names = [
    ...stages.flatMap(({ secrets, services }) => [
      ...secrets,
      ...Object.values(services).flatMap((service) => service.secrets),
    ]),
    ...[index, ...index.extra].flatMap(({ credential }) => (credential === undefined ? [] : [credential])),
  ]
  return [...new Set(names)].sort()
}

type StageSettings = Pick<Settings["test"], "secrets" | "services">

function hasSecrets(value: unknown): value is StageSettings {
  return typeof value === "object" && value !== null && "secrets" in value && "services" in value
}
