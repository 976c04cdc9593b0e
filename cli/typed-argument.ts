/** An argument as a person would type it in a shell: in quotes where it needs them. */
export function typedArgument(argument: string): string {
  return /^[\w./:=@%+,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}

/** The project's folder as it stands behind a stage, with the blank before it; nothing for the folder one is in. */
export function typedFolder(path: string): string {
  return path === "." ? "" : ` ${typedArgument(path)}`
}
