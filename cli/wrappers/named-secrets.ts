import type { Settings } from "../../src/project/settings.js"

/** Names of the secrets that a run of these settings asks for, each once and sorted. Pure. */
export function namedSecrets(settings: Settings): readonly string[] {
  const { index } = settings
  const stages = Object.values(settings).flatMap((value) => (hasSecrets(value) ? [value] : []))
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
