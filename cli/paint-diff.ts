import type { Style } from "./style.js"

/** A unified diff with its lines in the colours that git gives them. */
export function paintDiff(diff: string, style: Style): string {
  return diff
    .split("\n")
    .map((line) => paintLine(line, style))
    .join("\n")
}

function paintLine(line: string, style: Style): string {
  if (/^(?:diff --git|---|\+\+\+) /.test(line)) return style.strong(line)
  if (line.startsWith("@@")) return style.running(line)
  if (line.startsWith("+")) return style.good(line)
  return line.startsWith("-") ? style.bad(line) : line
}
