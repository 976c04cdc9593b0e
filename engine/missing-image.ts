import { enginePaths } from "./paths.js"
import { type ServedImage, servedImages } from "./registry.js"

/** The images of our own engine on this machine; undefined where the engine at that address is another. */
export async function servedBy(
  address: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly ServedImage[] | undefined> {
  const { socket, registry } = enginePaths(env)
  return address === `unix://${socket}` ? servedImages(registry) : undefined
}

/** One line on an image that our engine does not have: it names those that it has, by their shortest names. */
export function missingImage(image: string, served: readonly Pick<ServedImage, "name">[]): string {
  const names = served.map(({ name }) => name).filter((name) => /:\d+\.\d+-slim$/.test(name))
  return `there is no image ${image}; this engine has ${names.join(", ")}`
}
