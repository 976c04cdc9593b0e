/** Text on one line of Markdown, as it is: nothing in it is markup, and `@name` calls nobody. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>|#]/g, "\\$&")
    .replaceAll("@", "@\u200b")
}

/** Text in a block of code that no run of backticks in it can end. */
export function fence(text: string, language: string): string {
  const ticks = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${ticks}${language}\n${text}\n${ticks}`
}
