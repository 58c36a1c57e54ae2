import { types } from 'pg'

/**
 * `pg` reads bigint as a string, since it may exceed what a number holds. Ours count rows and steps, so they are
 * numbers, and one that is too large is an error rather than a wrong number. Set globally, because drizzle asks the
 * global parsers. Instants stay as they are: Date in `pool.query` and in drizzle's columns, text in drizzle's raw `sql`.
 */
export function readBigintAsNumber(): void {
  types.setTypeParser(types.builtins.INT8, safeInteger)
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} exceeds what a number holds`)
  return value
}
