/** Seconds as people read them: `0.1 s`, `42.0 s`, `3 min 05 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`
}
