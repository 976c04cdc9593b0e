import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, test } from "vitest"
import { createGitJournals } from "../../../src/targets/git/git-journals.js"
import { createGitRemote } from "../../../src/targets/git/git-remote.js"
import { makeSshKey } from "../../ssh-key.js"
import { machine, wishOf } from "./git-machine.js"
import { startGitServer } from "./git-server.js"

describe("the git client", () => {
  test("makes a commit and a tag that git finds whole and whose signatures it accepts", async () => {
    const server = await startGitServer()
    const key = join(server.folder, "key")
    await makeSshKey(key)
    const git = createGitRemote(await machine(server, "one", { key }))
    const [one, two] = [await git.prepare(wishOf(server)), await git.prepare(wishOf(server))]
    expect(one).toEqual(two)
    if (one.kind !== "prepared") throw new Error(one.why)
    await git.push.apply({ release: one.release, branch: { name: "main", at: server.base } })
    const signers = join(server.folder, "signers")
    const { stdout } = await execa("ssh-keygen", ["-y", "-f", key])
    await writeFile(signers, `releaser@example.org ${stdout}\n`)
    const checked = ["-c", "gpg.format=ssh", "-c", `gpg.ssh.allowedSignersFile=${signers}`]
    await server.remote.git(["fsck", "--strict", "--no-dangling"])
    await server.remote.git([...checked, "verify-tag", "v1.3.0"])
    await server.remote.git([...checked, "verify-commit", "main"])
    expect(await server.remote.git(["show", "main:VERSION"])).toBe("1.3.0")
    await server.close()
  })

  test("pushes from another machine what the first one prepared, once its journal has brought the commit", async () => {
    const server = await startGitServer()
    const [one, two] = [await machine(server, "one"), await machine(server, "two")]
    const prepared = await createGitRemote(one).prepare(wishOf(server))
    if (prepared.kind !== "prepared") throw new Error(prepared.why)
    const { release } = prepared
    await createGitJournals(one).create({ version: "1.3.0", text: "{}", commit: release.commit })
    const push = { release, branch: { name: "main", at: server.base } }
    expect(await createGitRemote(two).push.apply(push)).toMatchObject({ kind: "done" })
    expect(await createGitRemote(one).push.probe(push)).toEqual({ kind: "identical" })
    await server.close()
  })

  test("keeps the notes of other tags, whoever adds one at the same time", async () => {
    const server = await startGitServer()
    const [one, two] = [await machine(server, "one"), await machine(server, "two")].map(createGitRemote)
    const tags = await Promise.all(
      ["v1.3.0", "v1.3.1"].map(async (tag) => {
        const prepared = await one?.prepare({ ...wishOf(server), edits: [], tag })
        if (prepared?.kind !== "prepared") throw new Error("not prepared")
        await one?.push.apply({ release: prepared.release, branch: null })
        return prepared.release.tag
      }),
    )
    const wishes = tags.map((tag) => ({ tag, text: `receipt of ${tag.name}\n` }))
    await Promise.all(wishes.map((wish, at) => (at === 0 ? one : two)?.notes.apply(wish)))
    for (const wish of wishes) expect(await two?.notes.probe(wish)).toEqual({ kind: "identical" })
    await server.close()
  })

  test.each([
    [
      "an edit that does not apply",
      { edits: [{ path: "VERSION", diff: "--- a/VERSION\n+++ b/VERSION\n@@ -1 +1 @@\n-9\n+1\n" }] },
      "the edit of VERSION does not apply",
    ],
    ["a commit that was never pushed", { base: "0123456789012345678901234567890123456789" }, "is not on the remote"],
  ])("refuses %s by name", async (_, more, why) => {
    const server = await startGitServer()
    const prepared = await createGitRemote(await machine(server, "one")).prepare({ ...wishOf(server), ...more })
    expect(prepared).toMatchObject({ kind: "refused", why: expect.stringContaining(why) })
    await server.close()
  })

  test("is refused by a protected branch with the remote's words, and leaves no tag", async () => {
    const server = await startGitServer()
    await server.remote.setRules({ protected: ["refs/heads/main"] })
    const git = createGitRemote(await machine(server, "one"))
    const prepared = await git.prepare(wishOf(server))
    if (prepared.kind !== "prepared") throw new Error(prepared.why)
    const written = await git.push.apply({ release: prepared.release, branch: { name: "main", at: server.base } })
    expect(written).toMatchObject({
      kind: "refused",
      reason: { kind: "denied", why: expect.stringContaining("Protected branch") },
    })
    expect(await server.remote.git(["tag"])).toBe("")
    await server.close()
  })

  test.each([
    ["wrong", "nobodys-token", "wrong"],
    ["too weak", "weak-token", "wrong"],
  ])("names a token that is %s before the first write", async (_, token, kind) => {
    const server = await startGitServer()
    const git = createGitRemote(await machine(server, "one", { token }))
    expect(await git.check({ branch: "main", tag: "v1.3.0" })).toMatchObject([{ target: "git remote", kind }])
    await server.close()
  })

  test("finds nothing against a push where everything is right, and a tag that is there", async () => {
    const server = await startGitServer()
    const git = createGitRemote(await machine(server, "one"))
    expect(await git.check({ branch: "main", tag: "v1.3.0" })).toEqual([])
    await server.remote.git(["tag", "v1.3.0", "main"])
    expect(await git.check({ branch: "main", tag: "v1.3.0" })).toMatchObject([
      { what: "the tag v1.3.0 is there already" },
    ])
    expect(server.log.read().filter(({ method, target }) => method === "POST" && target.includes("receive"))).toEqual(
      [],
    )
    await server.close()
  })
})

test("many questions of a machine that never asked before are all answered", async () => {
  const server = await startGitServer()
  const git = createGitRemote(await machine(server, "fresh"))
  const tips = await Promise.all(Array.from({ length: 8 }, () => git.tip("main")))
  expect(tips).toEqual(tips.map(() => ({ kind: "found", value: server.base })))
  await server.close()
})
