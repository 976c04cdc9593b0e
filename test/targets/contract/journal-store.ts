import { describe, expect, it } from "vitest"
import type { JournalStore, JournalWritten, StoredJournal } from "../../../src/targets/ports/journal-store.js"
import type { TargetSubject } from "./target.js"

/** A remote without journals, reached by two machines. */
export interface JournalSubject extends Pick<TargetSubject<unknown>, "fault" | "hide" | "cut" | "close"> {
  readonly store: JournalStore
  readonly other: JournalStore
  /** A finished release commit that both machines have. */
  readonly commit: string
}

/** What a store of journals keeps. */
export function describeJournalContract(name: string, make: () => Promise<JournalSubject>): void {
  const using = (use: (subject: JournalSubject) => Promise<void>) => async () => {
    const subject = await make()
    try {
      await use(subject)
    } finally {
      await subject.close?.()
    }
  }
  const entry = (subject: JournalSubject, text: string) => ({ version: "1.3.0", text, commit: subject.commit })

  describe(name, () => {
    it(
      "keeps what was written, on the release commit",
      using(async (subject) => {
        const created = stored(await subject.store.create(entry(subject, "one\n")))

        expect(created).toMatchObject({ text: "one\n", commit: subject.commit })
        expect(await subject.other.read("1.3.0")).toEqual({ kind: "found", value: created })
        expect(await subject.other.list()).toEqual({ kind: "found", value: [{ version: "1.3.0", ...created }] })
      }),
    )

    it(
      "has no journal of a version that nobody took",
      using(async ({ store }) => {
        expect(await store.read("1.3.0")).toEqual({ kind: "absent" })
        expect(await store.list()).toEqual({ kind: "found", value: [] })
      }),
    )

    it(
      "lets one of two win who create at once",
      using(async (subject) => {
        const both = await Promise.all([
          subject.store.create(entry(subject, "one\n")),
          subject.other.create(entry(subject, "two\n")),
        ])

        expect(both.filter(({ kind }) => kind === "done").length).toBeLessThanOrEqual(1)
        expect(both.filter(({ kind }) => kind === "beaten").length).toBeGreaterThanOrEqual(1)
      }),
    )

    it(
      "creates nothing where there is one",
      using(async (subject) => {
        await subject.store.create(entry(subject, "one\n"))

        expect(await subject.other.create(entry(subject, "two\n"))).toEqual({ kind: "beaten" })
        expect(await subject.store.read("1.3.0")).toMatchObject({ value: { text: "one\n" } })
      }),
    )

    it(
      "replaces only the journal that the writer knows",
      using(async (subject) => {
        const first = stored(await subject.store.create(entry(subject, "one\n")))
        const second = stored(await subject.other.swap(entry(subject, "two\n"), first))

        expect(await subject.store.swap(entry(subject, "three\n"), first)).toEqual({ kind: "beaten" })
        expect(await subject.store.read("1.3.0")).toEqual({ kind: "found", value: second })
      }),
    )

    it(
      "keeps the journal of an abandoned release where nobody looks for unfinished ones",
      using(async (subject) => {
        const first = stored(await subject.store.create(entry(subject, "one\n")))
        const closed = stored(await subject.store.close("1.3.0", first))

        expect(closed).toMatchObject({ id: first.id, text: "one\n", ref: expect.stringMatching(/abandoned\/1\.3\.0$/) })
        expect(await subject.other.abandoned("1.3.0")).toEqual({ kind: "found", value: closed })
        expect(await subject.other.read("1.3.0")).toEqual({ kind: "absent" })
        expect(await subject.other.list()).toEqual({ kind: "found", value: [] })
      }),
    )

    it(
      "closes only the journal that the writer knows",
      using(async (subject) => {
        const first = stored(await subject.store.create(entry(subject, "one\n")))
        await subject.other.swap(entry(subject, "two\n"), first)

        expect(await subject.store.close("1.3.0", first)).toEqual({ kind: "beaten" })
        expect(await subject.store.abandoned("1.3.0")).toEqual({ kind: "absent" })
        expect(await subject.store.read("1.3.0")).toMatchObject({ value: { text: "two\n" } })
      }),
    )

    it(
      "takes away only the journal that the writer knows",
      using(async (subject) => {
        const first = stored(await subject.store.create(entry(subject, "one\n")))
        const second = stored(await subject.other.swap(entry(subject, "two\n"), first))

        expect(await subject.store.remove("1.3.0", first)).toEqual({ kind: "beaten" })
        expect(await subject.other.remove("1.3.0", second)).toMatchObject({ kind: "done" })
        expect(await subject.store.read("1.3.0")).toEqual({ kind: "absent" })
        expect(await subject.store.remove("1.3.0", second)).toEqual({ kind: "beaten" })
      }),
    )

    it(
      "keeps journals of two versions apart",
      using(async (subject) => {
        await subject.store.create(entry(subject, "one\n"))
        await subject.other.create({ ...entry(subject, "two\n"), version: "1.4.0-rc.1" })

        expect(await subject.store.read("1.3.0")).toMatchObject({ value: { text: "one\n" } })
        expect(await subject.store.read("1.4.0-rc.1")).toMatchObject({ value: { text: "two\n" } })
      }),
    )

    it(
      "says that an answer was lost, and has what was written",
      using(async (subject) => {
        await subject.fault("answer-lost")

        expect(await subject.store.create(entry(subject, "one\n"))).toMatchObject({ kind: "lost" })
        expect(await subject.store.read("1.3.0")).toMatchObject({ kind: "found", value: { text: "one\n" } })
      }),
    )

    it(
      "believes no absence that it may not see, and no silence",
      using(async (subject) => {
        await subject.hide()
        expect(await subject.store.read("1.3.0")).toMatchObject({ kind: "hidden" })
        await subject.cut()
        expect(await subject.store.read("1.3.0")).toMatchObject({ kind: "unreachable" })
      }),
    )
  })
}

function stored(written: JournalWritten): StoredJournal {
  if (written.kind !== "done") throw new Error(`not written: ${JSON.stringify(written)}`)
  return written.journal
}
