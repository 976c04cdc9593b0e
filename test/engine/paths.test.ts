import { describe, expect, test } from "vitest"
import { enginePaths } from "../../engine/paths.js"

describe("enginePaths", () => {
  test.each([
    [{ XDG_CACHE_HOME: "/var/cache/me", HOME: "/home/me" }, "/var/cache/me/quillon/engine"],
    [{ HOME: "/home/me" }, "/home/me/.cache/quillon/engine"],
    [{ XDG_CACHE_HOME: "", HOME: "/home/me" }, "/home/me/.cache/quillon/engine"],
    [{ XDG_CACHE_HOME: "relative", HOME: "/home/me" }, "/home/me/.cache/quillon/engine"],
  ])("puts the cache of %j where the XDG specification says", (env, cache) => {
    expect(enginePaths(env).cache).toBe(cache)
  })

  test("keeps two caches apart in everything that they have on the machine", () => {
    const one = enginePaths({ XDG_CACHE_HOME: "/a" })
    const other = enginePaths({ XDG_CACHE_HOME: "/b" })
    for (const part of ["instance", "name", "run", "socket", "netns", "state", "registry"] as const) {
      expect(one[part]).not.toBe(other[part])
    }
  })

  test("keeps the socket's path short however deep the cache lies", () => {
    const { socket } = enginePaths({ XDG_CACHE_HOME: `/${"very-long-folder/".repeat(20)}` })
    expect(Buffer.byteLength(socket)).toBeLessThan(60)
  })
})
