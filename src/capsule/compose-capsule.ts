import { type KnownSecret, maskSecrets } from "./masking.js"
import type { Capsule } from "./schema.js"

/** Characters of requirements files that a capsule holds at most. */
const ROOM = 3 * 1024 * 1024

/** A requirements file that a cell gave. */
export interface RequirementsText {
  readonly address: string
  readonly file: string
  readonly text: string
  readonly of: "project" | "build"
}

/** What a capsule is made of before it is bounded and masked. */
export interface CapsuleParts
  extends Omit<Capsule, "schema" | "masked" | "requirements" | "buildRequirements" | "withoutRequirements"> {
  readonly texts: readonly RequirementsText[]
}

/** Makes a capsule in which no value of a secret stands, and no more text than is allowed. Pure. */
export function composeCapsule({ texts, ...parts }: CapsuleParts, secrets: readonly KnownSecret[]): Capsule {
  const { fitting, left } = chooseFitting(texts)
  const { value, names } = maskSecrets(
    {
      schema: 1 as const,
      ...parts,
      requirements: byAddress(fitting.filter((each) => each.of === "project")),
      buildRequirements: byAddress(fitting.filter((each) => each.of === "build")),
      withoutRequirements: left.map(({ address, file }) => `${address}/${file}`),
    },
    secrets,
  )
  return { ...value, masked: [...names] }
}

/** What builds and what tests run with comes first: it is what failures are opened for. */
function chooseFitting(texts: readonly RequirementsText[]) {
  const rank = ({ of, file }: RequirementsText) => (of === "build" ? 0 : file === "test.txt" ? 1 : 2)
  const fitting: RequirementsText[] = []
  const left: RequirementsText[] = []
  let room = ROOM
  for (const text of [...texts].sort((a, b) => rank(a) - rank(b))) {
    if (text.text.length > room) left.push(text)
    else {
      fitting.push(text)
      room -= text.text.length
    }
  }
  return { fitting, left }
}

function byAddress(texts: readonly RequirementsText[]): Capsule["requirements"] {
  const files: Record<string, Record<string, string>> = {}
  for (const { address, file, text } of texts) files[address] = { ...files[address], [file]: text }
  return files
}
