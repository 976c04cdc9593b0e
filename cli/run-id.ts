/**
 * A run's id, which sorts by time: `20261124-053012-ab12` (UTC, then a random part against two in one second).
 * Pure.
 */
export function formatRunId(at: number, random: string): string {
  const [date = "", time = ""] = new Date(at).toISOString().split("T")
  return `${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${random.slice(0, 4)}`
}

/** True for a name that {@link formatRunId} could have made. */
export function isRunId(name: string): boolean {
  return /^\d{8}-\d{6}-[0-9a-z]{4}$/.test(name)
}
