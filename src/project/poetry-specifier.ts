/** Poetry's `^3.9` and `~3.9` in the words of PEP 440; other specifiers as they are. */
export function poetrySpecifier(text: string): string {
  return text
    .split(",")
    .map((part) => part.trim())
    .map((part) => caret(part) ?? tilde(part) ?? (part === "*" ? ">=0" : /^\d/.test(part) ? `==${part}` : part))
    .join(",")
}

function caret(part: string): string | undefined {
  const version = /^\^\s*(\d[\w.]*)$/.exec(part)?.[1]
  if (version === undefined) return undefined
  const numbers = version.split(".").map(Number)
  const significant = numbers.findIndex((number) => number > 0)
  const at = significant === -1 ? numbers.length - 1 : significant
  return `>=${version},<${[...numbers.slice(0, at), (numbers[at] ?? 0) + 1].join(".")}`
}

function tilde(part: string): string | undefined {
  const version = /^~\s*(\d[\w.]*)$/.exec(part)?.[1]
  if (version === undefined) return undefined
  const [major = 0, minor] = version.split(".").map(Number)
  return `>=${version},<${minor === undefined ? major + 1 : `${major}.${minor + 1}`}`
}
