import { describe, expect, test } from "vitest"
import { usableResolver } from "../../engine/host-files.js"

const stub = "nameserver 127.0.0.53\noptions edns0\n"
const real = "nameserver 192.0.2.53\nsearch example.org\n"

describe("usableResolver", () => {
  test.each([
    ["an ordinary host's own", real, "", real],
    ["the servers behind systemd's stub", stub, real, real],
    [
      "the host's own where both kinds are in it",
      `${stub}nameserver 192.0.2.1\n`,
      real,
      `${stub}nameserver 192.0.2.1\n`,
    ],
    ["a stub that has nothing behind it, as it is", stub, "", stub],
    ["a stub behind which is another", stub, "nameserver ::1\n", stub],
  ])("is %s", (_, own, behind, result) => {
    expect(usableResolver(own, behind)).toBe(result)
  })
})
