import { createHash } from 'node:crypto'
import type { Db } from '#db/open'
import { isAfter } from '#rules/trail'
import {
  BEGINNING,
  countAfter,
  countAround,
  listAfter,
  listSeals,
  readLastSeal,
  type Place,
  type Seal,
  type StoredStep,
} from '../store.ts'
import { FIRST, MARK_BYTES, markOf, writeOwn, writeStep } from './canonical.ts'

/** Something in the trail that is not as it was sealed. */
export interface Fault {
  /** `lost` a line is gone before `line`, `added` it was not there, `changed` it read otherwise, `seal` the seal itself is wrong. */
  readonly kind: 'lost' | 'added' | 'changed' | 'seal'
  readonly seal: number
  /** The first wrong line; null where it was the last one of its seal, or the seal itself. */
  readonly line: string | null
}

export interface Verdict {
  readonly seals: number
  readonly steps: number
  /** The last seal's hash; null where there is none. */
  readonly head: string | null
  /** Young steps that no seal covers yet. */
  readonly unsealed: number
  /** Empty where every step and seal is as it was. */
  readonly faults: readonly Fault[]
  /** The seal that has the asked hash, if one was asked for and stands. */
  readonly asked: number | null
}

const PAGE = 2000
/** Enough to see how far it goes. */
const MAX_FAULTS = 20

/**
 * Recomputes the whole chain up to the seal that is the last one now. What it covers never changes, so that it is read in
 * pages, beside those who write. `head` is a hash noted earlier.
 */
export async function verify(db: Db, head?: string): Promise<Verdict> {
  const last = await readLastSeal(db)
  if (last === null) {
    const unsealed = await countAfter(db, BEGINNING)
    return { seals: 0, steps: 0, head: null, unsealed, faults: [], asked: null }
  }
  const lines = linesOf(db)
  const faults: Fault[] = []
  let [seals, steps, asked]: [number, number, number | null] = [0, 0, null]
  let before: Pick<Seal, 'n' | 'hash'> & Place = { ...BEGINNING, n: 0, hash: FIRST }
  for await (const seal of sealsUpTo(db, last.n)) {
    const covered = await check(before, seal, lines)
    if (covered.fault && faults.length < MAX_FAULTS) faults.push(covered.fault)
    if (seal.hash.toString('hex') === head) asked = seal.n
    seals++
    steps += covered.count
    before = seal
  }
  const there = await countAround(db, last)
  // Rows that share a place, which only a table without its key holds, are passed over in pages but not in a count.
  if (there.upTo !== steps) faults.push({ kind: 'added', seal: last.n, line: null })
  if (there.seals !== seals) faults.push({ kind: 'seal', seal: last.n, line: null })
  return { seals, steps, head: last.hash.toString('hex'), unsealed: there.after, faults, asked }
}

/** Reads one step after the other, with a look at the next. */
interface Lines {
  /** The next step, if it stands at or before the place. */
  takeUpTo(place: Place): Promise<StoredStep | null>
}

function linesOf(db: Db): Lines {
  let page: StoredStep[] = []
  let next = 0
  let cursor: Place | null = BEGINNING
  return {
    async takeUpTo(place) {
      if (next === page.length && cursor !== null) {
        page = await listAfter(db, cursor, PAGE)
        next = 0
        cursor = page.at(-1) ?? null
      }
      const line = page[next]
      if (line === undefined || isAfter(idOf(line), idOf(place))) return null
      next++
      return line
    },
  }
}

async function* sealsUpTo(db: Db, last: number): AsyncGenerator<Seal> {
  for (let n = 0; n < last;) {
    const page = await listSeals(db, n, PAGE)
    if (page.length === 0) return
    for (const seal of page) if (seal.n <= last) yield seal
    n = page.at(-1)?.n ?? last
  }
}

/** Takes the lines that a seal covers and compares them with what it says. */
async function check(
  before: Pick<Seal, 'n' | 'hash'> & Place,
  seal: Seal,
  lines: Lines,
): Promise<{ count: number; fault: Fault | null }> {
  const hash = createHash('sha256')
  writeOwn(hash, before.hash, seal)
  const found: { id: string; mark: string }[] = []
  for (let line = await lines.takeUpTo(seal); line; line = await lines.takeUpTo(seal)) {
    found.push({ id: idOf(line), mark: markOf(writeStep(hash, line)).toString('hex') })
  }
  const count = found.length
  const wrong = { kind: 'seal', seal: seal.n, line: null } as const
  // A seal that is gone is named; what it covered cannot be told from what follows.
  if (seal.n !== before.n + 1) return { count, fault: { ...wrong, seal: before.n + 1 } }
  if (!isAfter(idOf(seal), idOf(before))) return { count, fault: wrong }
  const marks = marksOf(seal)
  const fault = compare(found, marks)
  if (fault) return { count, fault: { ...fault, seal: seal.n } }
  const isWhole = marks.length === seal.count && hash.digest().equals(seal.hash)
  return { count, fault: isWhole ? null : wrong }
}

function compare(
  found: readonly { readonly id: string; readonly mark: string }[],
  marks: readonly string[],
): Omit<Fault, 'seal'> | null {
  const length = Math.max(found.length, marks.length)
  for (let i = 0; i < length; i++) {
    const [line, mark] = [found[i], marks[i]]
    if (line?.mark === mark) continue
    if (line === undefined) return { kind: 'lost', line: null }
    if (mark === undefined || found[i + 1]?.mark === mark) return { kind: 'added', line: line.id }
    return { kind: line.mark === marks[i + 1] ? 'lost' : 'changed', line: line.id }
  }
  return null
}

function marksOf({ marks }: Seal): string[] {
  return Array.from({ length: Math.floor(marks.length / MARK_BYTES) }, (_, i) =>
    marks.toString('hex', i * MARK_BYTES, (i + 1) * MARK_BYTES),
  )
}

const idOf = ({ xid, seq }: Place): string => `${xid}-${seq}`
