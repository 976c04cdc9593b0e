import sax, { type Tag } from "sax"
import type { Draft } from "./normalise.js"

/** A JUnit report: what its cases came to, and those that did not pass. */
export interface JunitReading {
  readonly counts: {
    readonly passed: number
    readonly failed: number
    readonly errors: number
    readonly skipped: number
  }
  readonly drafts: readonly Draft[]
}

type Ending = "failed" | "errors" | "skipped"

interface Case {
  readonly attributes: Readonly<Record<string, string>>
  ending?: Ending
  message?: string
  text: string
}

/** What an element within a case says of it; the format has no more words. */
const ENDINGS: Readonly<Record<string, Ending>> = { failure: "failed", error: "errors", skipped: "skipped" }

/**
 * Reads JUnit XML by its cases, because the sums at its head differ from tool to tool. Undefined where it is no such
 * XML, cut off, or without a suite. Pure; entities that the document declares itself are not expanded.
 */
export function readJunit(xml: string, tool: string): JunitReading | undefined {
  const cases = casesOf(xml)
  if (cases === undefined) return undefined
  const count = (ending: Ending) => cases.filter((found) => found.ending === ending).length
  const [failed, errors, skipped] = [count("failed"), count("errors"), count("skipped")]
  return {
    counts: { passed: cases.length - failed - errors - skipped, failed, errors, skipped },
    drafts: cases.flatMap((found) => draftOf(found, tool) ?? []),
  }
}

function casesOf(xml: string): readonly Case[] | undefined {
  const cases: Case[] = []
  const open: string[] = []
  let current: Case | undefined
  let suites = 0
  let whole = true
  const reader = sax.parser(true)
  reader.onerror = () => {
    whole = false
  }
  reader.onopentag = ({ name, attributes }: Tag) => {
    open.push(name)
    if (name === "testsuite" || name === "testsuites") suites += 1
    if (name === "testcase") current = { attributes, text: "" }
    const ending = ENDINGS[name]
    if (current === undefined || ending === undefined || current.ending !== undefined) return
    current.ending = ending
    if (attributes.message !== undefined) current.message = attributes.message
  }
  const addText = (text: string) => {
    const inner = open.at(-1) ?? ""
    if (current !== undefined && (inner === "failure" || inner === "error")) current.text += text
  }
  reader.ontext = addText
  reader.oncdata = addText
  reader.onclosetag = (name) => {
    open.pop()
    if (name !== "testcase" || current === undefined) return
    cases.push(current)
    current = undefined
  }
  try {
    reader.write(xml).close()
  } catch {
    return undefined
  }
  return whole && suites > 0 ? cases : undefined
}

function draftOf({ ending, attributes, message, text }: Case, tool: string): Draft | undefined {
  if (ending === undefined || ending === "skipped") return undefined
  const { classname, name, file, line } = attributes
  const title = [classname, name].filter((part) => part !== undefined && part !== "").join(".")
  const said = message === undefined || message.trim() === "" ? text : message
  return {
    tool,
    rule: ending === "failed" ? "failed" : "error",
    severity: "error",
    ...(file === undefined || file === "" ? {} : { file, ...lineOf(line) }),
    message: said.trim() === "" ? title : `${title}: ${said.trim()}`,
    ...(text.trim() === "" ? {} : { detail: text }),
  }
}

function lineOf(line: string | undefined): { line?: number } {
  return line !== undefined && /^[1-9]\d*$/.test(line) ? { line: Number(line) } : {}
}
