import type { Container } from "@dagger.io/dagger"
import type { Settings } from "../project/settings.js"
import { type ServicePorts, type ServiceSettings, withServices } from "../toolchain/services.js"

/** What each stage's table of settings has, whatever its tool (`stageKeys` of the settings). */
export interface StageSettings {
  readonly enabled: boolean
  /** Seconds that one command may take. */
  readonly timeout?: number | undefined
  readonly args: readonly string[]
  readonly apt: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Names of secrets, which are names of environment variables too. */
  readonly secrets: readonly string[]
  /** By host name. */
  readonly services: Readonly<Record<string, ServiceSettings>>
}

const NONE: StageSettings = { enabled: true, args: [], apt: [], env: {}, secrets: [], services: {} }

/** The settings of a stage; a stage of one's own has no table and gets the defaults. */
export function stageSettings(settings: Settings, stage: string): StageSettings {
  const table: unknown = (settings as Readonly<Record<string, unknown>>)[stage]
  return isStageTable(table) ? table : NONE
}

function isStageTable(table: unknown): table is StageSettings {
  return typeof table === "object" && table !== null && "enabled" in table && "apt" in table
}

/** Gives a command's container the environment, the secrets and the services that the settings name. */
export function dressed(container: Container, own: StageSettings, ports: ServicePorts): Container {
  const withEnv = Object.entries(own.env).reduce((made, [name, value]) => made.withEnvVariable(name, value), container)
  const withSecrets = own.secrets.reduce((made, name) => made.withSecretVariable(name, ports.secret(name)), withEnv)
  return withServices(withSecrets, own.services, ports)
}
