import type { Identity } from "./identities.js"
import { type IndexedProject, normaliseName } from "./ledger.js"
import type { Upload } from "./upload.js"

/** What PyPI does with an upload. */
export type Verdict =
  /** The name is new: the file is kept. */
  | { readonly kind: "accepted" }
  /** The very same file is there already: answered as if it had been uploaded. */
  | { readonly kind: "same" }
  | { readonly kind: "refused"; readonly status: number; readonly why: string }

/** PyPI's rules for one upload, in the order in which it applies them (fact: a name is used once, for ever). */
export function judgeUpload(upload: Upload, project: IndexedProject | undefined, who: Identity | undefined): Verdict {
  const name = normaliseName(upload.project)
  if (who === undefined) {
    return refuse(
      403,
      "Invalid or non-existent authentication information. See /help/#invalid-auth for more information.",
    )
  }
  const outside = who.project !== undefined && normaliseName(who.project) !== name
  if (outside || (project !== undefined && project.owner !== who.user)) {
    return refuse(
      403,
      `The user '${who.user}' isn't allowed to upload to project '${upload.project}'. See /help/#project-name for more information.`,
    )
  }
  const stem = `${name.replaceAll("-", "_")}-${upload.version}`
  if (!isNamedFor(upload.fileName, stem)) {
    return refuse(400, `Start filename for '${upload.fileName}' with '${stem}'.`)
  }
  const platform = /-linux_(x86_64|aarch64|i686)\.whl$/.exec(upload.fileName)?.[0]
  if (platform !== undefined) {
    const tag = platform.slice(1, -".whl".length)
    return refuse(400, `Binary wheel '${upload.fileName}' has an unsupported platform tag '${tag}'.`)
  }
  if (upload.claimedSha256 !== null && upload.claimedSha256 !== upload.sha256) {
    return refuse(400, "The digest supplied does not match a digest calculated from the uploaded file.")
  }
  const used = project?.files.find((file) => file.name === upload.fileName)
  if (used === undefined) return { kind: "accepted" }
  if (used.deleted) {
    return refuse(
      400,
      "This filename has already been used, use a different version. See /help/#file-name-reuse for more information.",
    )
  }
  if (used.sha256 === upload.sha256) return { kind: "same" }
  return refuse(400, `File already exists ('${upload.fileName}'). See /help/#file-name-reuse for more information.`)
}

/** Whether a file is `<name>-<version>-….whl` or `<name>-<version>.tar.gz`, names compared in normalised form. */
function isNamedFor(fileName: string, stem: string): boolean {
  const [name = "", version = ""] = fileName.replace(/\.(tar\.gz|zip)$/, "").split("-")
  return `${normaliseName(name).replaceAll("-", "_")}-${version}` === stem
}

function refuse(status: number, why: string): Verdict {
  return { kind: "refused", status, why }
}
