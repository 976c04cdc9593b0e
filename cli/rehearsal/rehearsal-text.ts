import { type Access, addressOf, type ServerName } from "../../rehearsal/access.js"
import type { Holder } from "../../rehearsal/ask-holder.js"
import type { Style } from "../style.js"

/** What each server stands in for, in the words of people who release. */
const TITLES: Readonly<Record<ServerName, string>> = {
  git: "git remote",
  pypi: "package index",
  testpypi: "trial index",
  registry: "image registry",
  github: "GitHub API",
  uploads: "GitHub uploads",
  ci: "CI identity",
}

/** A rehearsal that is up: its servers, where they are, and how often they were asked. */
export function rehearsalText(access: Access, { counts, control }: Holder, style: Style): string {
  const names = Object.keys(TITLES) as ServerName[]
  const lines = names.map((name) => {
    const { reads, writes } = counts[name]
    const asked = style.quiet(`${reads} reads, ${writes} writes`)
    return `  ${TITLES[name].padEnd(16)}${addressOf(access, name).fromHere.padEnd(26)}${asked}`
  })
  return `${[`rehearsal ${access.id} is up ${style.quiet(`(process ${control.pid})`)}`, ...lines].join("\n")}\n`
}
