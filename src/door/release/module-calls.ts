import { QuillonError } from "../../errors.js"
import { type ModuleCall, releaserOf } from "../module-caller.js"
import { tell } from "../tell.js"
import type { ReleaseWish } from "./release-call.js"

/** What carries a release out is loaded by the calls that need it, and by no other. */
const load = () => import("./release-call.js")

/** Releases for a caller of the module. @throws Error with the message that `tell` gives */
export async function releaseFrom(call: ModuleCall, wish: ReleaseWish): Promise<string> {
  const { releaseFor } = await load()
  return tell(() => releaseFor(releaserOf(call), wish))
}

/** Looks at the targets of a version for a caller of the module. @throws Error with the message that `tell` gives */
export async function statusFrom(call: ModuleCall, version: string | undefined): Promise<string> {
  const { statusFor } = await load()
  // What a caller leaves out comes as null, too.
  return tell(() => statusFor(releaserOf(call), version ?? undefined))
}

/** A rehearsal's targets are servers that outlive a call; a module has no place for them. @throws QuillonError always */
export async function refuseRehearsal(): Promise<never> {
  throw new QuillonError({
    code: "NO_REHEARSAL_HERE",
    message: "a rehearsal keeps its servers and their state on your machine, where a module can't put them",
    next: "quillon release --rehearse",
    kind: "usage",
  })
}
