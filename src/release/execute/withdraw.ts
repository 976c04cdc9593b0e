import { beginAct } from "../journal/transitions.js"
import type { ActStop } from "./act-end.js"
import type { Keeper } from "./keeper.js"
import { perform } from "./perform.js"
import type { ReleaseWorld } from "./world.js"

/** Deletes what readers don't see: the draft. Undefined where it is gone. */
export async function withdrawDraft(keeper: Keeper, world: ReleaseWorld): Promise<ActStop | undefined> {
  const { forge } = world.targets
  const { plan, release } = keeper.journal()
  if (forge === null || !plan.steps.some(({ id }) => id === "stage")) return undefined
  const page = { tag: plan.version.tag, nonce: release }
  const end = await perform(
    {
      id: "withdraw",
      what: `draft of ${page.tag}`,
      where: forge.name,
      settleSeconds: 0,
      nature: "trial",
      replaceable: false,
      bytes: {},
      // Deleting is asked for without a look: it is done where there is none.
      probe: async () => ({ kind: "absent" }),
      apply: () => forge.withdraw(page),
      verify: async () => ({ kind: "identical" }),
    },
    { world, begunAt: undefined, begin: async () => undefined },
  )
  return "receipt" in end ? undefined : end
}

/**
 * Takes everything back that a release wrote before its push, the journal last. Undefined where all is gone.
 *
 * The journal is written first, so that nobody takes back what somebody else carries on.
 */
export async function withdraw(keeper: Keeper, world: ReleaseWorld): Promise<ActStop | undefined> {
  return (
    (await keeper.save((journal, writing) => beginAct(journal, "withdraw", writing))) ??
    (await withdrawDraft(keeper, world)) ??
    (await keeper.remove())
  )
}
