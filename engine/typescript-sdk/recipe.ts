import { join } from "node:path"
import { engineAssets, readTree } from "../assets.js"
import type { BootstrapRecipe } from "../bootstrap.js"
import type { ContentContext, ContentRecipe } from "../content.js"
import { writeOciLayout } from "../oci.js"
import { contentKey } from "../recipe.js"
import { assembleImage } from "./assemble.js"

/** Changes when the way of assembling does. */
const REVISION = "typescript-sdk-1"

/** What Node.js needs of Debian; where npm carries no Node.js for the machine, Debian's own. */
export function baseRecipe(architecture: string): BootstrapRecipe {
  const packages = ["ca-certificates", "libstdc++6", "libatomic1"]
  return { suite: "trixie", packages: architecture === "x64" ? packages : [...packages, "nodejs"] }
}

/** The TypeScript SDK as an image that the engine carries: `"sdk": "typescript"` works without an image registry. */
export const typescriptSdk: ContentRecipe = {
  name: "typescript-sdk",
  variable: "DAGGER_TYPESCRIPT_SDK_MANIFEST_DIGEST",
  inputs: async () => contentKey([REVISION, process.arch, ...(await readTree(assetsFolder()))]),
  bases: [baseRecipe(process.arch)],
  build: buildTypescriptSdk,
}

function assetsFolder(): string {
  return join(engineAssets(), "typescript-sdk")
}

/** Installs the pinned npm packages, bundles the programs and writes the OCI layout into `context.target`. */
export async function buildTypescriptSdk(context: ContentContext): Promise<{ readonly manifestDigest: string }> {
  context.progress("bootstrapping its root filesystem")
  const base = await context.bootstrap(baseRecipe(process.arch))
  const tar = await assembleImage({ assets: assetsFolder(), base, context })
  context.progress("packing the image")
  const manifestDigest = await writeOciLayout(context.target, tar, {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    created: "2023-11-14T22:13:20Z",
    env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    command: ["node"],
    labels: {
      "org.opencontainers.image.title": "Dagger TypeScript SDK without an image registry",
      "quillon.origin": "debian trixie, npm",
    },
  })
  return { manifestDigest }
}
