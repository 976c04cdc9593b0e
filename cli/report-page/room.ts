/** Characters that are left of what a part of the page may take. */
export interface Room {
  /** True, and taken, where that many fit. */
  take(characters: number): boolean
}

/** Room for a number of characters. */
export function createRoom(characters: number): Room {
  let left = characters
  return {
    take(wanted) {
      if (wanted > left) return false
      left -= wanted
      return true
    },
  }
}
