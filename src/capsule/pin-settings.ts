import type { Settings } from "../project/settings.js"
import { pythonImage } from "../toolchain/images.js"
import type { Capsule } from "./schema.js"

type Images = Capsule["images"]

/** An image by its name and digest. */
export function pinned({ name, digest }: Pick<Images[number], "name" | "digest">): string {
  return name.includes("@") ? name : `${name}@${digest}`
}

/** Settings under which the interpreters and services of a run are the very images that it had. Pure. */
export function pinSettings(settings: Settings, images: Images, pythons: readonly string[]): Settings {
  const known = new Map(images.filter(({ digest }) => digest !== "").map((image) => [image.name, image]))
  const pins = pythons.flatMap((python) => {
    const image = known.get(pythonImage(settings, python))
    return image === undefined ? [] : [[python, image.digest] as const]
  })
  const stages = Object.entries(settings).map(([key, table]) => [key, withServices(table, known)] as const)
  const pinnedStages = Object.fromEntries(stages) as Settings
  return {
    ...pinnedStages,
    images: { ...settings.images, pins: { ...Object.fromEntries(pins), ...settings.images.pins } },
  }
}

function withServices(table: unknown, known: ReadonlyMap<string, Images[number]>): unknown {
  if (typeof table !== "object" || table === null || !("services" in table)) return table
  const services = Object.entries(table.services as Record<string, { readonly image?: string }>)
  const fixed = services.map(([host, service]) => {
    const image = known.get(service.image ?? "")
    return [host, image === undefined ? service : { ...service, image: pinned(image) }] as const
  })
  return { ...table, services: Object.fromEntries(fixed) }
}
