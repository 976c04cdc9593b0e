/** What a template is filled with. */
export interface Filling {
  /** Names of the `#if` blocks that stay. */
  readonly flags: ReadonlySet<string>
  /** Texts in place of `@name@`; one of several lines stands alone on its line and keeps that line's indentation. */
  readonly values: Readonly<Record<string, string>>
}

/**
 * Fills a template: `#if name` … `#end` stay where the flag is set, `@name@` becomes its value. Pure.
 *
 * @throws RangeError for a name that has no value, and a block that is not closed: a mistake in the template.
 */
export function fillTemplate(template: string, { flags, values }: Filling): string {
  const open: boolean[] = []
  const lines = template.split("\n").flatMap((line) => {
    const [, condition] = /^#if ([a-z-]+)$/.exec(line) ?? []
    if (condition !== undefined) {
      open.push(flags.has(condition))
      return []
    }
    if (line === "#end") {
      if (open.pop() === undefined) throw new RangeError("the template has an #end without #if")
      return []
    }
    return open.includes(false) ? [] : fillLine(line, values)
  })
  if (open.length > 0) throw new RangeError("the template has an #if without #end")
  return lines.join("\n")
}

function fillLine(line: string, values: Filling["values"]): readonly string[] {
  const textOf = (name: string): string => {
    const value = values[name]
    if (value === undefined) throw new RangeError(`the template asks for ${name}, which has no value`)
    return value
  }
  const [, indentation, alone] = /^( *)@([a-z-]+)@$/.exec(line) ?? []
  if (alone !== undefined)
    return textOf(alone)
      .split("\n")
      .map((each) => `${indentation}${each}`)
  return [line.replaceAll(/@([a-z-]+)@/g, (_, name: string) => textOf(name))]
}
