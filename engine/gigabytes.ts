/** Bytes as people read disk sizes: `0.8 GB`, `12.3 GB`, `40 MB`. */
export function gigabytes(bytes: number): string {
  return bytes < 1e8 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
