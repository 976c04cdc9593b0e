import type { Client, Container, Directory, Secret, Workspace } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"
import { callerOf, type ModuleCall } from "../../src/door/module-caller.js"

const secret = (name: string, plaintext: () => Promise<string> = async () => name) =>
  ({ name, plaintext }) as unknown as Secret

function callWith(more: Partial<ModuleCall>): ModuleCall {
  const source = { filter: () => ({ glob: async () => [] }), exists: async () => false } as unknown as Directory
  const call = { dag: {} as Client, workspace: {} as Workspace, source, path: ".", stages: [], containers: [] }
  return { ...call, secretNames: [], secrets: [], ...more }
}

describe("the caller of the module", () => {
  it("gives secrets by name, the last of a name", async () => {
    const [old, other, last] = [secret("old"), secret("other"), secret("last")]
    const caller = await callerOf(callWith({ secretNames: ["A", "B", "A"], secrets: [old, other, last] }))
    expect([caller.secret("A"), caller.secret("B")]).toEqual([last, other])
  })

  it("says how a secret that is not there is handed in", async () => {
    const caller = await callerOf(callWith({}))
    expect(() => caller.secret("TOKEN")).toThrow(
      expect.objectContaining({ code: "MISSING_SECRET", next: expect.stringContaining("with-secret --name TOKEN") }),
    )
  })

  it.each<[string, () => Promise<string>]>([
    ["empty", async () => ""],
    ["a variable that is not set", () => Promise.reject(new Error('secret env var not found: "TOK..."'))],
  ])("takes a secret that is %s for none, as the command line does", async (_, plaintext) => {
    const caller = await callerOf(callWith({ secretNames: ["TOKEN"], secrets: [secret("TOKEN", plaintext)] }))
    expect(() => caller.secret("TOKEN")).toThrow(
      expect.objectContaining({ code: "MISSING_SECRET", message: expect.stringContaining("empty or not set") }),
    )
  })

  it("leaves a secret that can't be looked at to the stage that needs it", async () => {
    const vault = secret("TOKEN", () => Promise.reject(new Error("vault: sealed")))
    const caller = await callerOf(callWith({ secretNames: ["TOKEN"], secrets: [vault] }))
    expect(caller.secret("TOKEN")).toBe(vault)
  })

  it("makes stages of data, with the working folders of their containers", async () => {
    const container = { workdir: async () => "/src" } as unknown as Container
    const broken = { workdir: () => Promise.reject(new Error("no image")) } as unknown as Container
    const stages = [
      { name: "docs", args: ["make"], reports: [] },
      { name: "links", args: ["lychee"], reports: [] },
    ]
    const call = callWith({ stages: stages.map((data) => JSON.stringify(data)), containers: [container, broken] })
    const made = await (await callerOf(call)).stages()
    expect(made.map(({ name }) => name)).toEqual(["docs", "links"])
    expect(made[1]?.commands({} as never, { key: "" })[0]?.container).toBe(broken)
  })

  it("reads above a project in the folder that was handed in, and no further up", async () => {
    const files = new Map([
      ["uv.lock", "version = 1\n"],
      ["../uv.lock", "another's\n"],
    ])
    const folder = { glob: async () => [], directory: () => folder, filter: () => folder }
    const file = (path: string) => ({ contents: async () => files.get(path) ?? Promise.reject(new Error("none")) })
    const source = { ...folder, file, exists: async () => false } as unknown as Directory
    const caller = await callerOf(callWith({ source, path: "./packages/app/" }))
    expect([await caller.files.read("../../uv.lock"), await caller.files.read("../../../uv.lock")]).toEqual([
      "version = 1\n",
      undefined,
    ])
    expect(caller.path).toBe("packages/app")
  })

  it("says of a folder that is one commit alone what to hand in instead", async () => {
    const source = {
      filter: () => ({ glob: async () => [] }),
      exists: async (path: string) => path === ".git" || path === ".git/shallow",
      asGit: () => ({ head: () => ({ commit: async () => "abc" }) }),
    } as unknown as Directory
    const { commit, tags } = await (await callerOf(callWith({ source }))).repository()
    expect(commit).toBe("abc")
    expect(tags).toMatchObject({ kind: "hidden", next: expect.stringContaining("--skip version") })
  })

  it("knows no commit outside a repository", async () => {
    const caller = await callerOf(callWith({}))
    expect([await caller.repository(), await caller.dirty()]).toEqual([
      { commit: null, tags: { kind: "no-git" } },
      null,
    ])
  })
})
