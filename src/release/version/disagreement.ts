/** What a person can see and must decide: the project disagrees with itself, so nothing can be written. */
const DISAGREEMENTS = new Set(["TAG_AHEAD", "RIVAL_TAGS", "MALFORMED_VERSION", "PLACES_DISAGREE"])

/** True for an error that tells of a disagreement rather than of wrong usage or of what could not be seen. */
export function tellsOfDisagreement(code: string): boolean {
  return DISAGREEMENTS.has(code)
}
