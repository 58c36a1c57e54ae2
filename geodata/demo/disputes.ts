import type { Demo } from './demo.ts'
import { fileOf, type DemoFile } from './dispute-file.ts'
import { random, seedOf } from './random.ts'
import { chooser } from './spots.ts'

/** Of the office's own report, for the 365 days that end at the day of seeding. */
const DISPUTES = 688
const HOUR = 3_600_000
const DAY = 24 * HOUR
const YEAR = 365 * DAY
/** China has kept UTC+8 without summer time since 1992. */
const OFFSET = 8 * HOUR

/** Instants are milliseconds. */
export interface DemoDispute extends DemoFile {
  readonly class: string
  readonly grid: string
  readonly registeredAt: number
}

/** Classes of GB/T 31000 by how common they are among neighbours. */
const CLASSES = [
  ['01', 22],
  ['02', 34],
  ['03', 3],
  ['04', 12],
  ['05', 7],
  ['06', 9],
  ['07', 8],
  ['08', 5],
  ['09', 6],
  ['11', 3],
  ['12', 1],
] as const

/** The disputes of the year that ends at `until`, in the order of their registration. */
export function disputesOf(demo: Demo, until: number): DemoDispute[] {
  const rng = random(seedOf('disputes'))
  const kind = chooser(CLASSES, ([, weight]) => weight)
  const home = chooser(demo.buildings, ({ households }) => households)
  const bare = Array.from({ length: DISPUTES }, () => {
    const registeredAt = until - rng.between(0.05, 364.9) * DAY
    const closedAt = registeredAt + rng.between(0.2, 26) * DAY
    const [code] = kind(rng)
    const { atom, address } = home(rng)
    const grid = demo.plan.get(atom) ?? ''
    return { class: code, grid, place: address, registeredAt, closedAt: closedAt < until ? closedAt : null }
  })
  return bare
    .toSorted((a, b) => a.registeredAt - b.registeredAt)
    .map(({ place, ...dispute }, n) => {
      const file = fileOf({ ...dispute, place }, n, until, random(seedOf('dispute', n)))
      return byDay({ ...dispute, ...file }, until)
    })
}

/** The same days in the hours of an office: in the night nobody registers or mediates. The order of what happened stays. */
function byDay(dispute: DemoDispute, until: number): DemoDispute {
  const moved = (at: number) => Math.floor(Math.min(until, Math.max(until - YEAR + 1000, daytime(at))))
  const movedOr = (at: number | null) => (at === null ? null : moved(at))
  return {
    ...dispute,
    registeredAt: moved(dispute.registeredAt),
    closedAt: movedOr(dispute.closedAt),
    assignedAt: movedOr(dispute.assignedAt),
    agreedAt: movedOr(dispute.agreedAt),
    sessions: dispute.sessions.map((session) => ({ ...session, at: moved(session.at) })),
    documents: dispute.documents.map((document) => ({ ...document, at: moved(document.at) })),
    lowered: dispute.lowered && { ...dispute.lowered, at: moved(dispute.lowered.at) },
  }
}

/** Every day goes from 8:30 to 17:30. */
function daytime(at: number): number {
  const hour = ((at + OFFSET) % DAY) / HOUR
  return at + (8.5 + (hour * 9) / 24 - hour) * HOUR
}
