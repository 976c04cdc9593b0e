import { QuillonError } from "../errors.js"
import type { ProjectFiles } from "./files.js"
import { nestedProjects } from "./nested-projects.js"
import { importName } from "./packages.js"
import type { Snapshot } from "./snapshot.js"

const ROOT_MARKERS =
  /^(?:setup\.py|Pipfile|[^/]*requirements[^/]*\.(?:txt|in)|requirements\/[^/]+\.(?:txt|in)|[^/]+\.py)$/

/** Refuses a folder that holds no Python project, or several of which none is at its top. */
export function refuseStrangers(snapshot: Snapshot): void {
  const below = nestedProjects(snapshot.paths)
  if (hasCodeAtTop(snapshot) || (below.length === 0 && snapshot.pyproject !== undefined)) return
  if (below.length > 1) throw several(below)
  throw new QuillonError({
    code: "NOT_A_PYTHON_PROJECT",
    message: "no Python project here: nothing at the top says what to install, and there is no .py file",
    next:
      below[0] === undefined
        ? "Go to the folder of a Python project, or name it: quillon ci PATH"
        : `There is one in ${below[0]}: quillon ci ${below[0]}`,
    kind: "usage",
  })
}

/** False also for a pyproject.toml that only configures tools, or only lists the members of a workspace. */
function hasCodeAtTop({ paths, pyproject, setupCfg }: Snapshot): boolean {
  const stated = IDENTITIES.some((key) => pyproject?.get(...key) !== undefined)
  return (
    stated ||
    setupCfg?.get("metadata", "name") !== undefined ||
    paths.some((path) => ROOT_MARKERS.test(path) && !ASIDE_FILES.test(path))
  )
}

const IDENTITIES = [
  ["project"],
  ["tool", "poetry", "name"],
  ["tool", "poetry", "dependencies"],
  ["tool", "flit"],
  ["build-system"],
]

/** Python files that serve a repository and are no project. */
const ASIDE_FILES = /^(?:noxfile|conftest|tasks|fabfile|toxfile|dodo)\.py$/

function several(folders: readonly string[]): QuillonError {
  return new QuillonError({
    code: "SEVERAL_PROJECTS",
    message: `several Python projects here: ${folders.join(", ")}`,
    next: `Choose one by its path: quillon ci ${folders[0]}`,
    kind: "usage",
  })
}

/** Refuses a package that the build would miss because git ignores it. */
export async function refuseIgnoredPackage(files: ProjectFiles, snapshot: Snapshot, name: string): Promise<void> {
  const module = importName(name)
  for (const path of [`src/${module}/__init__.py`, `${module}/__init__.py`]) {
    if (snapshot.has(path) || (await files.read(path)) === undefined) continue
    throw new QuillonError({
      code: "PACKAGE_IGNORED_BY_GIT",
      message: `${path} exists, but .gitignore hides it, so that no build from a checkout would have it`,
      next: `Take ${path.split("/").slice(0, -1).join("/")} out of .gitignore: git check-ignore -v ${path}`,
      kind: "usage",
    })
  }
}
