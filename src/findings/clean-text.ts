// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escapes begin with one
const ESCAPES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]?/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Takes terminal escapes and control characters from a text; line ends become `\n`. */
export function cleanText(text: string): string {
  return text.replace(ESCAPES, "").replace(/\r\n?/g, "\n").replace(CONTROLS, "")
}

/** The first line of a text that says something, without escapes, at most 500 characters. */
export function cleanLine(text: string): string {
  const line = cleanText(text)
    .split("\n")
    .find((candidate) => candidate.trim() !== "")
  return (line ?? "").trim().slice(0, 500)
}
