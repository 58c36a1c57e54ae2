import type { Purpose } from './cipher.ts'

/** Every column that holds sealed texts. Rows are known by the file and, in the tables beside it, a number within the file. */
export const SEALED = {
  disputes: ['summary', 'place'],
  dispute_parties: ['name', 'phone'],
  dispute_sessions: ['note'],
  dispute_documents: ['note'],
  dispute_revisits: ['note'],
  dispute_risks: ['reason'],
} as const

type Tables = typeof SEALED
export type SealedTable = keyof Tables
export type SealedColumn = { [T in SealedTable]: `${T}.${Tables[T][number]}` }[SealedTable]

/** To where a sealed text is bound; `n` is the row within the file, 0 for the file itself. */
export function purposeOf(column: SealedColumn, disputeId: number, n = 0): Purpose {
  return `${column}/${disputeId}/${n}`
}
