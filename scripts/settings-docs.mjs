// Writes docs/settings.md and test/transcripts/settings.schema.json from the settings' schema. A test finds what is out of date.
import { writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = fileURLToPath(new URL("..", import.meta.url))
const entry = `
  export { settingsJsonSchema } from "./src/project/settings.ts"
  export { settingsGuide } from "./cli/settings-guide.ts"
`
const bundle = await build({
  stdin: { contents: entry, resolveDir: root, loader: "ts" },
  bundle: true,
  platform: "node",
  format: "esm",
  write: false,
  logLevel: "error",
})
const code = Buffer.from(bundle.outputFiles[0].contents).toString("base64")
const { settingsJsonSchema, settingsGuide } = await import(`data:text/javascript;base64,${code}`)
const schema = settingsJsonSchema()
await writeFile(`${root}docs/settings.md`, settingsGuide(schema))
await writeFile(`${root}test/transcripts/settings.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
