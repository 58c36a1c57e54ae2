import { ENDED, type EventRow } from '#contract/events'
import type { Step } from '#contract/trail'

/** Server truth on this screen: every open event, and those that ended while it looked on. */
export interface Rows {
  readonly open: ReadonlyMap<number, EventRow>
  /** Also remembers the last version of an ended event, so that a late older step cannot reopen it. */
  readonly ended: ReadonlyMap<number, EventRow>
}

export const NO_ROWS: Rows = { open: new Map(), ended: new Map() }

/** Takes each row once, by (id, version), in any order. */
export function withRows(rows: Rows, changed: Iterable<EventRow>): Rows {
  const open = new Map(rows.open)
  const ended = new Map(rows.ended)
  for (const row of changed) {
    const known = open.get(row.id) ?? ended.get(row.id)
    if (known && known.version >= row.version) continue
    const isEnded = ENDED.includes(row.status)
    open.delete(row.id)
    ended.delete(row.id)
    ;(isEnded ? ended : open).set(row.id, row)
  }
  for (const id of ended.keys()) {
    if (ended.size <= MAX_ENDED) break
    ended.delete(id)
  }
  return { open, ended }
}

/** A wall runs for months; what ended long ago needs no memory. */
const MAX_ENDED = 5_000

/**
 * A fresh snapshot of the open events replaces what was known; `since` are the rows that the feed brought after the
 * snapshot was asked for. An event that the snapshot lacks has ended, or was born later and is in `since`.
 */
export function fromSnapshot(
  snapshot: Iterable<EventRow>,
  since: Iterable<EventRow>,
  ended: Rows['ended'],
): Rows {
  return withRows(withRows({ open: new Map(), ended }, snapshot), since)
}

/** Where the reader stands in the trail, and how often it found that it had missed a line. */
export interface Place {
  readonly lastId: string | null
  readonly gaps: number
}

export const NOWHERE: Place = { lastId: null, gaps: 0 }

/** The place after a step: `old` was seen before, `gap` says that lines before it never came. */
export function follow(
  place: Place,
  step: Pick<Step, 'id' | 'prev'>,
): { place: Place; kind: 'next' | 'old' | 'gap' } {
  if (place.lastId === null || step.prev === place.lastId)
    return { place: { ...place, lastId: step.id }, kind: 'next' }
  if (compareIds(step.id, place.lastId) <= 0) return { place, kind: 'old' }
  return { place: { lastId: step.id, gaps: place.gaps + 1 }, kind: 'gap' }
}

/** Order of the trail: by xid, then seq; both may exceed what a double holds. */
export function compareIds(a: string, b: string): number {
  const [ax = '0', as = '0'] = a.split('-')
  const [bx = '0', bs = '0'] = b.split('-')
  return compareDigits(ax, bx) || compareDigits(as, bs)
}

function compareDigits(a: string, b: string): number {
  const x = BigInt(a)
  const y = BigInt(b)
  return x < y ? -1 : Number(x > y)
}

/** The row that an `event.*` step carries. */
export function rowOf(step: Step): EventRow | null {
  if (!step.step.startsWith('event.')) return null
  const data = step.data
  if (typeof data !== 'object' || data === null || !('id' in data) || !('version' in data)) return null
  return data as EventRow
}
