const LITERALS =
  /"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*/g

/**
 * Python source in which comments and triple-quoted strings are blank, so that a line at the left margin is a
 * statement. Offsets and lines stay.
 */
export function maskPython(text: string): string {
  return text.replace(LITERALS, (literal) => {
    const short = !literal.startsWith("#") && !literal.startsWith('"""') && !literal.startsWith("'''")
    return short ? literal : literal.replace(/[^\n]/g, " ")
  })
}
