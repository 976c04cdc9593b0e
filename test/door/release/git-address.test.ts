import { expect, test } from "vitest"
import { gitAddress } from "../../../src/door/release/git-address.js"

test.each([
  ["git@github.com:ada/engine.git", "as-it-is", "ssh://git@github.com/ada/engine.git"],
  ["git@github.com:ada/engine.git", "https", "https://github.com/ada/engine.git"],
  ["ssh://git@forge.example:2222/ada/engine.git", "https", "https://forge.example/ada/engine.git"],
  ["git+ssh://git@forge.example/ada/engine.git", "as-it-is", "ssh://git@forge.example/ada/engine.git"],
  ["https://ada:secret@github.com/ada/engine.git", "as-it-is", "https://github.com/ada/engine.git"],
  ["/srv/git/engine.git", "https", "/srv/git/engine.git"],
] as const)("%s, %s, is %s for a container", (remote, wish, address) => {
  expect(gitAddress(remote, wish)).toBe(address)
})
