import type { Listener } from "../src/pipeline/event.js"
import type { CacheWitness } from "../src/pipeline/world.js"
import { createActivityTracker } from "./activity.js"
import type { Renderer } from "./board/renderer.js"
import type { Engine } from "./engine.js"
import { createSpanWitness } from "./witness.js"

/** Joins the run's events and the engine's spans: both go to the renderer, the spans to the witness too. */
export function createWitnessedListener(
  engine: Pick<Engine, "onSpans" | "onLogs">,
  renderer: Renderer,
): { readonly emit: Listener; readonly witness: CacheWitness } {
  const witness = createSpanWitness()
  const activity = createActivityTracker((event) => renderer.on(event))
  engine.onSpans((batch) => {
    for (const news of batch) witness.on(news)
    activity.on(batch)
  })
  if (renderer.isFollowed) engine.onLogs((batch) => activity.said(batch))
  return {
    witness,
    emit(event) {
      if (event.kind === "cell-started") activity.started(event.address)
      if (event.kind === "cell-finished") activity.ended(event.address)
      renderer.on(event)
    },
  }
}
