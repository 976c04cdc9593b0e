// The README's second command: installs what is missing, builds an engine, and runs all tests.
// Plain Node and nothing else, because on a fresh machine nothing else is there.
//   npm test               format, lint, types, laws, unit tests, engine tests
//   npm test -- --all      the proofs too (what CI runs)
import { spawnSync } from "node:child_process"
import { existsSync, statSync } from "node:fs"
import { join } from "node:path"

const root = join(import.meta.dirname, "..")
const all = process.argv.includes("--all")

function run(command, args, env = {}) {
  const began = Date.now()
  console.log(`\n▸ ${[command, ...args].join(" ")}`)
  const { status, signal } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } })
  console.log(
    `  ${status === 0 ? "done" : `ended with ${status ?? signal}`} in ${Math.round((Date.now() - began) / 1000)} s`,
  )
  if (status !== 0) process.exit(status ?? 1)
}

function installed() {
  const stamp = join(root, "node_modules/.package-lock.json")
  return existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs
}

if (!installed()) run("npm", ["ci"])
run("npm", ["run", "check"])
run("npm", ["run", "test:unit"])
// Also where Docker is: the tests of engine/ need an engine of our own (Linux, root, Go).
run("./quillon", ["engine", "up"])
run("npm", ["run", "test:engine"])
if (all) run("npm", ["run", "proof"])
