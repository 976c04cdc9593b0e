/** A program that installs a module's dependencies, and how it is asked to. */
export interface PackageManager {
  readonly name: "npm" | "yarn" | "pnpm"
  readonly lock: string
  /** Starts it. */
  readonly program: readonly string[]
  /** Installs what runs, without what only develops. */
  readonly install: readonly string[]
  /** Brings the lock file up to date and installs nothing. */
  readonly relock: readonly string[]
}

const QUIET = ["--no-audit", "--no-fund", "--loglevel=error"]

/**
 * Chooses as Dagger's own SDK does: `packageManager` of package.json, else the lock file that is there; npm where
 * neither says. yarn and pnpm come from the package registry, in the version that is asked for.
 *
 * @throws Error when `packageManager` names none of the three, or no version.
 */
export function choosePackageManager(wish: string | undefined, files: readonly string[]): PackageManager {
  if (wish !== undefined) {
    const [name = "", version = ""] = wish.split("+")[0]?.split("@") ?? []
    if (version === "") throw new Error(`packageManager "${wish}" of package.json has no version`)
    if (name === "npm") return npm()
    if (name === "yarn") return yarn(version)
    if (name === "pnpm") return pnpm(version)
    throw new Error(`packageManager "${wish}" of package.json is none of npm, yarn, pnpm`)
  }
  if (files.includes("package-lock.json") || files.includes("npm-shrinkwrap.json")) return npm()
  if (files.includes("yarn.lock")) return yarn("1.22.22")
  if (files.includes("pnpm-lock.yaml")) return pnpm("8.15.4")
  return npm()
}

function npm(): PackageManager {
  return {
    name: "npm",
    lock: "package-lock.json",
    program: ["npm"],
    install: ["install", "--omit=dev", "--omit=peer", ...QUIET],
    relock: ["install", "--package-lock-only", ...QUIET],
  }
}

function yarn(version: string): PackageManager {
  const classic = version.startsWith("1.")
  return {
    name: "yarn",
    lock: "yarn.lock",
    program: ["npx", "--yes", `--package=${classic ? "yarn" : "@yarnpkg/cli-dist"}@${version}`, "yarn"],
    install: classic ? ["install", "--production", "--non-interactive"] : ["workspaces", "focus", "--production"],
    relock: classic ? ["install", "--non-interactive"] : ["install", "--mode", "update-lockfile"],
  }
}

function pnpm(version: string): PackageManager {
  return {
    name: "pnpm",
    lock: "pnpm-lock.yaml",
    program: ["npx", "--yes", `--package=pnpm@${version}`, "pnpm"],
    install: ["install", "--shamefully-hoist=true", "--prod"],
    relock: ["install", "--lockfile-only"],
  }
}
