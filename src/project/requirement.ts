/** The name at the head of a PEP 508 requirement, normalised (PEP 503); undefined when there is none. */
export function requirementName(text: string): string | undefined {
  const name = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)/.exec(text)?.[1]
  return name === undefined ? undefined : normaliseName(name)
}

/** Extras that a requirement asks for. */
export function requirementExtras(text: string): readonly string[] {
  const list = /^\s*[\w.-]+\s*\[([^\]]*)\]/.exec(text)?.[1] ?? ""
  return list
    .split(",")
    .map((extra) => normaliseName(extra.trim()))
    .filter((extra) => extra !== "")
}

/** The version specifier of a requirement, without blanks; `""` when there is none. */
export function requirementSpecifier(text: string): string {
  const rest = text.replace(/^\s*[\w.-]+\s*(?:\[[^\]]*\])?/, "").split(/[;#@]|\s--/)[0] ?? ""
  return rest.replace(/[()\s\\]/g, "")
}

/** A distribution, group or extra name as PEP 503 and PEP 735 compare it. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-")
}
