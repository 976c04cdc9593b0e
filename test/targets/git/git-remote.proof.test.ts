import { createGitJournals } from "../../../src/targets/git/git-journals.js"
import { createGitRemote } from "../../../src/targets/git/git-remote.js"
import { describeGitContract } from "../contract/git-remote.js"
import { describeJournalContract } from "../contract/journal-store.js"
import { meddleWith } from "../rehearsed.js"
import { machine, wishOf } from "./git-machine.js"
import { type GitServer, startGitServer } from "./git-server.js"

const PUSHES = { methods: ["POST"], target: /git-receive-pack$/ }

const meddle = ({ faults, log }: GitServer) =>
  meddleWith({ faults, log, writes: PUSHES, looks: { target: /git-upload-pack/ }, hidden: 404 })

describeGitContract("the git client against git over HTTP", async () => {
  const server = await startGitServer()
  return {
    ...meddle(server),
    git: createGitRemote(await machine(server, "one")),
    wish: wishOf(server),
    branch: "main",
    pushElse: server.pushElse,
    close: server.close,
  }
})

describeJournalContract("journals in refs of a git remote", async () => {
  const server = await startGitServer()
  return {
    ...meddle(server),
    store: createGitJournals(await machine(server, "one")),
    other: createGitJournals(await machine(server, "two")),
    commit: server.base,
    close: server.close,
  }
})

describeJournalContract("journals in branches, where the host reserves refs/quillon", async () => {
  const server = await startGitServer()
  await server.remote.setRules({ refusedNamespaces: ["refs/quillon/"] })
  return {
    ...meddle(server),
    fault(kind) {
      // The attempt that the host refuses is a push, too: the fault is for the one after it.
      server.faults.add({ ...PUSHES, kind: "pass" })
      return meddle(server).fault(kind)
    },
    store: createGitJournals(await machine(server, "one")),
    other: createGitJournals(await machine(server, "two")),
    commit: server.base,
    close: server.close,
  }
})
