import { describe, expect, it, type TestContext } from "vitest"
import type { Target } from "../../../src/targets/ports/target.js"

/** What a contract makes a server do to the next request that writes. */
export type ContractFault = "answer-lost" | "rate-limited" | "unavailable" | "denied"

/** A target before anything was written to it, and its server. */
export interface TargetSubject<Wish> {
  readonly target: Target<Wish>
  readonly wish: Wish
  /** Wants something else in the same place; absent where nothing else can stand there. */
  readonly rival?: Wish
  /** Lets the server do this to the next write. A rate limit names 7 seconds. */
  fault(kind: ContractFault): void | Promise<void>
  /** Lets the server answer the next look with what somebody without permission gets. */
  hide(): void | Promise<void>
  /** Lets the next look end without an answer. */
  cut(): void | Promise<void>
  /** Requests that changed something, counted by the server. */
  writes(): number | Promise<number>
  close?(): Promise<void>
}

/** What every target keeps, whatever it stands for. */
export function describeTargetContract<Wish>(name: string, make: () => Promise<TargetSubject<Wish>>): void {
  const using =
    (use: (subject: TargetSubject<Wish>, context: TestContext) => Promise<void>) => async (context: TestContext) => {
      const subject = await make()
      try {
        await use(subject, context)
      } finally {
        await subject.close?.()
      }
    }

  describe(`${name}, as any target`, () => {
    it(
      "shows as absent what was never written, and looking writes nothing",
      using(async ({ target, wish, writes }) => {
        expect(await target.probe(wish)).toEqual({ kind: "absent" })
        expect(await target.verify(wish)).toEqual({ kind: "absent" })
        expect(await writes()).toBe(0)
      }),
    )

    it(
      "writes once, says where, and shows it as identical to those who look and those who read",
      using(async ({ target, wish, writes }) => {
        const written = await target.apply(wish)

        expect(written).toMatchObject({ kind: "done", receipt: { what: expect.stringMatching(/./) } })
        expect(await settled(target, wish)).toMatchObject({ kind: "identical" })
        expect(await target.verify(wish)).toMatchObject({ kind: "identical" })
        expect(await writes()).toBe(1)
      }),
    )

    it(
      "tells different from identical, and names what stands there on one line",
      using(async ({ target, wish, rival, writes }, { skip }) => {
        if (rival === undefined) return skip("nothing else can stand there")
        await target.apply(rival)
        await settled(target, rival)

        const sight = await target.probe(wish)

        expect(sight).toMatchObject({ kind: "different", detail: expect.stringMatching(/^[^\n]+$/) })
        expect(await writes()).toBe(1)
      }),
    )

    it(
      "never writes over what stands there",
      using(async ({ target, wish, rival }, { skip }) => {
        if (rival === undefined) return skip("nothing else can stand there")
        await target.apply(rival)

        expect(await target.apply(wish)).toMatchObject({ kind: "refused", reason: { kind: "conflict" } })
        expect(await settled(target, rival)).toMatchObject({ kind: "identical" })
      }),
    )

    it(
      "says that an answer was lost, and finds later what was written",
      using(async ({ target, wish, fault }) => {
        await fault("answer-lost")

        expect(await target.apply(wish)).toMatchObject({ kind: "lost" })
        expect(await settled(target, wish)).toMatchObject({ kind: "identical" })
      }),
    )

    it(
      "hands on how long a rate limit lasts, having written nothing",
      using(async ({ target, wish, fault, writes }) => {
        await fault("rate-limited")

        expect(await target.apply(wish)).toMatchObject({
          kind: "refused",
          reason: { kind: "rate-limited", retryAfter: 7 },
        })
        expect(await target.probe(wish)).toEqual({ kind: "absent" })
        expect(await writes()).toBe(0)
      }),
    )

    it(
      "tells a service that is not there from one that says no",
      using(async ({ target, wish, fault }) => {
        await fault("unavailable")
        const away = await target.apply(wish)
        await fault("denied")
        const no = await target.apply(wish)

        // A 503 may come after the fact, so a client may also say that it doesn't know.
        expect(away.kind === "refused" ? away.reason.kind : away.kind).toMatch(/^(unavailable|lost)$/)
        expect(no).toMatchObject({ kind: "refused", reason: { kind: "denied", next: expect.stringMatching(/./) } })
      }),
    )

    it(
      "believes no absence that it may not see",
      using(async ({ target, wish, hide }) => {
        await hide()

        expect(await target.probe(wish)).toMatchObject({ kind: "hidden", why: expect.stringMatching(/^[^\n]+$/) })
      }),
    )

    it(
      "says that it got no answer when it got none",
      using(async ({ target, wish, cut }) => {
        await cut()

        expect(await target.probe(wish)).toMatchObject({ kind: "unreachable", why: expect.stringMatching(/^[^\n]+$/) })
      }),
    )
  })
}

/** Looks until what was written is shown, for as long as the target says that it may take. */
async function settled<Wish>(target: Target<Wish>, wish: Wish) {
  const until = Date.now() + target.settleSeconds * 1_000
  let sight = await target.probe(wish)
  while (sight.kind === "absent" && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    sight = await target.probe(wish)
  }
  return sight
}
