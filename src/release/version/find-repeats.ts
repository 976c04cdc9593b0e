import { isChangelog, isChart, isImageFile } from "./candidate-files.js"
import type { VersionFacts } from "./facts.js"
import { type Found, type FoundPlace, joinFound } from "./found.js"
import { placeIn } from "./place.js"
import { changelogHead } from "./places/changelog.js"
import { chartName, chartSpots } from "./places/chart.js"
import { citationSpots } from "./places/citation.js"
import { dockerfileSpots } from "./places/dockerfile.js"
import { namedFileSpots } from "./places/named-file.js"
import { normalName } from "./places/uv-lock.js"

/** Files that repeat the version for others than Python: citations, charts, images, changelogs, named files. */
export function findRepeats(facts: VersionFacts): Found {
  const files = [...facts.texts]
  const places = files.flatMap(([file, { text }]): FoundPlace[] => {
    if (/^CITATION\.cff$/i.test(file)) return citationSpots(text).map((spot) => placeIn(file, text, spot))
    if (isImageFile(file)) return dockerfileSpots(text).map((spot) => placeIn(file, text, spot))
    if (!isChangelog(file)) return []
    const head = changelogHead(text)
    return head === undefined ? [] : [{ ...placeIn(file, text, head), role: "changelog" }]
  })
  return joinFound({ places: [...places, ...charts(facts)], troubles: [] }, named(facts))
}

/** Charts of the project itself: its only one, or those of its name; others are what it depends on. */
function charts({ subject, texts }: VersionFacts): readonly FoundPlace[] {
  const all = [...texts].filter(([file]) => isChart(file))
  return all
    .filter(([, { text }]) => all.length === 1 || normalName(chartName(text) ?? "") === normalName(subject.name))
    .flatMap(([file, { text }]) => chartSpots(text).map((spot) => placeIn(file, text, spot)))
}

function named({ settings, texts, unreadable }: VersionFacts): Found {
  return joinFound(
    ...settings.files.map((entry): Found => {
      const text = texts.get(entry.path)?.text
      const next = "correct version.files in the settings"
      if (text === undefined) {
        if (unreadable.includes(entry.path)) return { places: [], troubles: [] }
        return {
          places: [],
          troubles: [{ file: entry.path, message: "is not there, and version.files names it", next }],
        }
      }
      const spots = namedFileSpots(text, entry)
      if (spots.length > 0) return { places: spots.map((spot) => placeIn(entry.path, text, spot)), troubles: [] }
      const message = `has nothing that matches ${JSON.stringify(entry.pattern)}`
      return { places: [], troubles: [{ file: entry.path, message, next }] }
    }),
  )
}
