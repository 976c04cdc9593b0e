import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** A file name that was used once. */
export interface UsedName {
  readonly name: string
  /** Hexadecimal. */
  readonly sha256: string
  readonly size: number
  /** Milliseconds since 1970. */
  readonly uploaded: number
  readonly requiresPython: string | null
  /** True once somebody deleted it: the name stays used. */
  readonly deleted: boolean
}

/** A project of an index. */
export interface IndexedProject {
  readonly owner: string
  readonly files: readonly UsedName[]
}

/** Which names an index ever took, by normalised project name. */
export type Ledger = Readonly<Record<string, IndexedProject>>

/** Where a ledger lies. */
export interface LedgerStore {
  read(): Ledger
  write(ledger: Ledger): void
}

/** Opens the ledger in this file; what is in it is kept. */
export function openLedger(file: string): LedgerStore {
  mkdirSync(dirname(file), { recursive: true })
  let ledger: Ledger = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}
  return {
    read: () => ledger,
    write(next) {
      ledger = next
      writeFileSync(`${file}.half`, JSON.stringify(next, null, 2))
      renameSync(`${file}.half`, file)
    },
  }
}

/** A project's name in its normalised form (PEP 503). */
export function normaliseName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-")
}
