import { join } from "node:path"
import { engineAssets } from "../assets.js"
import { type BootstrapRecipe, bootstrapKey } from "../bootstrap.js"
import { compile } from "../build.js"
import type { ContentContext, ContentRecipe } from "../content.js"
import { GO_VERSION } from "../go-build.js"
import { writeOciLayout } from "../oci.js"
import { contentKey } from "../recipe.js"
import { packImage } from "./pack-image.js"
import { writeLibrary } from "./write-library.js"

/** Changes when the way of assembling does. */
const REVISION = "go-sdk-1"

/** What modules of private repositories are fetched with; Go itself needs the certificates alone. */
const BASE: BootstrapRecipe = { suite: "trixie", packages: ["ca-certificates", "git", "openssh-client"] }

/** Go as Dagger's image for its Go SDK has it, whatever Go this machine has; one that is missing comes from the Go proxy. */
const GO_ENVIRONMENT: Readonly<Record<string, string>> = { GOTOOLCHAIN: GO_VERSION }

/**
 * The image in which Dagger generates, compiles and inspects modules in Go: `"sdk": "go"` works without an image registry.
 * It takes a compile of its own, so it is made for those who ask for it.
 */
export const goSdk: ContentRecipe = {
  name: "go-sdk",
  onDemand: "go",
  compiles: true,
  variable: "DAGGER_GO_SDK_MANIFEST_DIGEST",
  inputs: async () => contentKey([REVISION, GO_VERSION, process.arch, bootstrapKey(BASE)]),
  build: buildGoSdk,
}

/** Compiles the code generator, takes Go and the client library from the Go proxy, and writes the OCI layout. */
async function buildGoSdk(context: ContentContext): Promise<{ readonly manifestDigest: string }> {
  const { run, progress, scratch } = context
  const go = { module: join(engineAssets(), "go"), run, say: progress, now: Date.now }
  const added = join(scratch, "added")
  const codegen = join(added, "usr/local/bin/codegen")
  const [base] = await Promise.all([
    context.bootstrap(BASE),
    compile({ commands: ["codegen"], output: codegen, env: GO_ENVIRONMENT }, go),
  ])
  progress("packing the image")
  await writeLibrary(added, go)
  const tar = await packImage({ base, added, environment: GO_ENVIRONMENT }, context)
  const manifestDigest = await writeOciLayout(context.target, tar, {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    created: "2023-11-14T22:13:20Z",
    env: [
      "PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "HOME=/root",
      "GOPATH=/go",
    ],
    command: ["codegen"],
    labels: {
      "org.opencontainers.image.title": "Dagger Go SDK without an image registry",
      "quillon.origin": "debian trixie, the Go proxy",
    },
  })
  return { manifestDigest }
}
