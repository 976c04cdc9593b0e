import { neutraliseLine } from "../neutralise.js"

/** Where on a job's page an annotation stands. */
export interface AnnotationPlace {
  readonly file?: string
  readonly line?: number
  readonly col?: number
  readonly title: string
}

/**
 * A workflow command of GitHub Actions, on one line: what stands in it is escaped by its rules (`%`, line ends, and in
 * properties `:` and `,`), so that no text of a tool ends it or begins another. Pure.
 */
export function workflowCommand(name: "error" | "warning" | "notice", place: AnnotationPlace, message: string): string {
  const properties = Object.entries(place).map(([key, value]) => `${key}=${escapeProperty(neutraliseLine(`${value}`))}`)
  const lines = message.split(/\r\n?|\n/).map(neutraliseLine)
  return `::${name} ${properties.join(",")}::${escapeData(lines.join("\n"))}`
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C")
}
