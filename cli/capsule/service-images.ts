import type { Client } from "@dagger.io/dagger"
import type { Capsule } from "../../src/capsule/schema.js"
import type { StageSettings } from "../../src/pipeline/stage-settings.js"

/** Milliseconds that the end of a run waits for what an image's name meant. */
const PATIENCE_MS = 1_000

/** Finds out which images the services of a run were, while the run goes. */
export interface ServiceImages {
  look(settings: Pick<StageSettings, "services">): void
  known(): Capsule["images"]
  /** Waits for the answers, not for long. */
  settled(): Promise<void>
}

/** Asks the engine once for each image: where no service is configured, it is not asked at all. */
export function createServiceImages(dag: Client): ServiceImages {
  const found = new Map<string, string>()
  const asked = new Map<string, Promise<void>>()
  const ask = async (name: string): Promise<void> => {
    const reference = await dag
      .container()
      .from(name)
      .imageRef()
      .catch(() => "")
    const [, digest] = reference.split("@")
    if (digest !== undefined) found.set(name, digest)
  }
  return {
    look({ services }) {
      for (const { image } of Object.values(services)) {
        if (image !== undefined && !asked.has(image)) asked.set(image, ask(image))
      }
    },
    known: () => [...found].map(([name, digest]) => ({ name, digest, origin: "registry" })),
    async settled() {
      if (asked.size === 0) return
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS)
      })
      await Promise.race([Promise.all(asked.values()), patience])
      clearTimeout(timer)
    },
  }
}
