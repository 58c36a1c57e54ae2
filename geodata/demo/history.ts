import type { Position } from '../geojson.ts'
import { pointInRing, toLattice, toPosition } from '../lattice.ts'
import { distanceM } from '../metres.ts'
import { dissolve } from '../topology.ts'
import { courseOf, endOf, type Course, type Fate } from './casework.ts'
import type { Demo } from './demo.ts'
import { disputesOf, type DemoDispute } from './disputes.ts'
import { draftsOf, type Draft } from './drafts.ts'
import { withDuplicates } from './duplicates.ts'
import { random, seedOf, type Random } from './random.ts'
import { centerOf, shifted } from './spots.ts'
import { withLooseEnds } from './standing.ts'

/** Figures of the office's own report, for the 365 days that end at the day of seeding. */
const EVENTS = 9568
const OPEN = 150
const OVERDUE = 18
const HELD = 6

/** Instants are milliseconds. */
export interface DemoEvent extends Draft, Terms, Course {
  readonly address: string
  readonly description: string
  readonly isOnTheSpot: boolean
  /** Place in the history of the event into which it went. */
  readonly mergedInto: number | null
}

export interface History {
  /** In the order of their reports. */
  readonly events: readonly DemoEvent[]
  readonly disputes: readonly DemoDispute[]
}

/** What the rules say of a report: when it falls due, and whose work it is. */
interface Terms {
  readonly dueAt: number
  readonly units: readonly string[]
}

export interface Norms {
  readonly termsOf: (category: string, reportedAt: number) => Terms
  /** When lateness puts a case under supervision, by levels from the first. */
  readonly raisedAt: (dueAt: number) => readonly number[]
}

const MINUTE = 60_000
const DAY = 86_400_000

/** A year of work in the invented sub-district, ending at `until`: the same for the same day, on every machine. */
export function history(demo: Demo, until: Date, norms: Norms): History {
  const end = until.getTime()
  const inside = insideOf(demo)
  const drafts = draftsOf(demo, EVENTS, end, inside)
  const odd = oddPlaces(demo, inside)
  const dated = withUrgent(withFresh(withOddPlaces(drafts, odd.spread), end), end)
    .map((draft) => ({ ...draft, ...norms.termsOf(draft.category, draft.reportedAt) }))
    .toSorted((a, b) => a.reportedAt - b.reportedAt)
  const events = withDesk(dated, odd.desk, end)
  const fates = fatesOf(events, end, inside)
  const nameOf = nearestAddress(demo)
  const cases = events.map((event, n) => {
    const rng = random(seedOf('course', n))
    const fate = fates[n] ?? 'closed'
    const course = courseOf(event, fate, endWithin(event, fate, end, rng), end, rng)
    const { address, place } = nameOf(event.position)
    const description = event.text.replace('@', place)
    return { ...event, ...course, isOnTheSpot: fate === 'on-the-spot', address, description }
  })
  const standing = withLooseEnds(cases, { until: end, inside, raisedAt: norms.raisedAt })
  return { events: withDuplicates(standing, norms, nameOf), disputes: disputesOf(demo, end) }
}

function insideOf(demo: Demo): (position: Position) => boolean {
  const outline = dissolve(demo.fabric, new Map(demo.fabric.atoms.map(({ id }) => [id, 1]))).get(1) ?? []
  return (position) => {
    const point = toLattice(position)
    return outline.some(
      ([ring = [], ...holes]) =>
        pointInRing(point, ring) === 'inside' &&
        holes.every((hole) => pointInRing(point, hole) === 'outside'),
    )
  }
}

/** Seconds or minutes before their deadline: a clock that runs out while one watches. All have a limit of two hours. */
const RUNNING_OUT = [25, 70, 240, 560, 1200, 2700, 4800, 6300] as const
const TWO_HOURS = ['04-05', '04-06', '01-28', '04-01'] as const

function withUrgent(drafts: readonly Draft[], until: number): Draft[] {
  const urgent = drafts
    .filter(({ category }) => TWO_HOURS.some((code) => code === category))
    .slice(-RUNNING_OUT.length)
  return drafts.map((draft) => {
    const left = RUNNING_OUT[urgent.indexOf(draft)]
    if (left === undefined) return draft
    const reportedAt = until + left * 1000 - 120 * MINUTE
    return { ...draft, reportedAt, occurredAt: reportedAt - 6 * MINUTE }
  })
}

/** Minutes since the newest reports: the intake desk is never empty. */
const FRESH = [1, 2, 3, 4, 6, 7, 8, 10, 12, 13, 15, 18, 22, 27, 33, 41] as const

function withFresh(drafts: readonly Draft[], until: number): Draft[] {
  const fresh = drafts
    .filter(({ category }) => !TWO_HOURS.some((code) => code === category))
    .slice(-FRESH.length)
  return drafts.map((draft) => {
    const ago = FRESH[fresh.indexOf(draft)]
    if (ago === undefined) return draft
    const reportedAt = until - ago * MINUTE
    return { ...draft, reportedAt, occurredAt: reportedAt - 5 * MINUTE }
  })
}

const ON_BORDER = 12
const JUST_OUTSIDE = 12
const FAR_OUTSIDE = 3
const ON_DESK = 5

/** Places exactly on a border between grids, just outside the sub-district, and well outside it. */
function oddPlaces(demo: Demo, inside: (p: Position) => boolean) {
  const rng = random(seedOf('odd places'))
  const shared = demo.fabric.arcs.filter(
    ({ left, right }) => left > 0 && right > 0 && demo.plan.get(left) !== demo.plan.get(right),
  )
  const outline = demo.fabric.arcs.filter(({ left, right }) => left === 0 || right === 0)
  const onBorder = () => toPosition(rng.pick(rng.pick(shared).points))
  const outside = (low: number, high: number) => {
    for (;;) {
      const from = toPosition(rng.pick(rng.pick(outline).points))
      const position = toPosition(
        toLattice(shifted(from, rng.between(low, high), rng.between(0, 2 * Math.PI))),
      )
      const clear = [0, 1, 2, 3, 4, 5, 6, 7].every(
        (k) => !inside(shifted(position, low * 0.9, (k * Math.PI) / 4)),
      )
      if (!inside(position) && (low < 30 || clear)) return position
    }
  }
  return {
    spread: [
      ...Array.from({ length: ON_BORDER }, onBorder),
      ...Array.from({ length: JUST_OUTSIDE }, () => outside(4, 22)),
      ...Array.from({ length: FAR_OUTSIDE }, () => outside(80, 400)),
    ],
    desk: Array.from({ length: ON_DESK }, () => outside(80, 400)),
  }
}

/** The odd places come up now and then, in cases that have long been closed. */
function withOddPlaces(drafts: readonly Draft[], odd: readonly Position[]): Draft[] {
  const at = new Map(
    odd.map((position, n) => [Math.floor(((n + 0.5) * 0.9 * drafts.length) / odd.length), position]),
  )
  return drafts.map((draft, n) => ({ ...draft, position: at.get(n) ?? draft.position }))
}

/** The latest cases that have time left and are not about to run out wait at the border desk. */
function withDesk(events: readonly Dated[], desk: readonly Position[], until: number): Dated[] {
  const waiting = events.filter(({ dueAt }) => dueAt > until + 3 * 60 * MINUTE).slice(-4 * desk.length)
  const at = new Map(desk.map((position, n) => [waiting[4 * n], position]))
  return events.map((event) => ({ ...event, position: at.get(event) ?? event.position }))
}

type Dated = Draft & Terms

/** What becomes of each case, so that at the end a given number is open, overdue and on hold. */
function fatesOf(events: readonly Dated[], until: number, inside: (p: Position) => boolean): Fate[] {
  const rng = random(seedOf('fates'))
  const fates = events.map((event): Fate => usualFate(event, rng))
  const some = (count: number, wanted: (event: Dated) => boolean, fate: Fate) => {
    const found = events.flatMap((event, n) =>
      wanted(event) && fates[n] !== 'open' && fates[n] !== 'held' ? [n] : [],
    )
    for (const n of rng.shuffled(found).slice(0, count)) fates[n] = fate
  }
  const isOver = ({ dueAt }: Dated) => dueAt < until - MINUTE && dueAt > until - 6 * DAY
  const isRunning = ({ dueAt }: Dated) => dueAt >= until - MINUTE
  const isLast = (event: Dated) => isRunning(event) && event.reportedAt > until - 3 * 60 * MINUTE
  some(ON_DESK, (event) => isRunning(event) && !inside(event.position), 'open')
  some(OVERDUE, isOver, 'open')
  some(OPEN, isLast, 'open')
  some(HELD, isRunning, 'held')
  const open = fates.filter((fate) => fate === 'open' || fate === 'held').length
  some(OPEN - open, isRunning, 'open')
  return fates
}

function usualFate({ source, category }: Dated, rng: Random): Fate {
  const lot = rng.next()
  if (lot < 0.02) return 'rejected'
  if (lot < 0.034) return 'merged'
  if (lot < 0.06) return 'late'
  const found = source === 'grid-worker' || source === 'patrol'
  return found && !category.startsWith('G') && rng.next() < 0.3 ? 'on-the-spot' : 'closed'
}

/** The end of a case that has ended by `until`. */
function endWithin(event: Dated, fate: Fate, until: number, rng: Random): number | null {
  const at = endOf(event, fate, rng)
  if (at === null || at <= until) return at
  return Math.floor(event.reportedAt + (until - event.reportedAt) * rng.between(0.5, 0.98))
}

const REACH_M = 150
const CELL = 0.002

/** The building nearest to a position, as people would name the place. */
function nearestAddress(demo: Demo): (position: Position) => { address: string; place: string } {
  const cells = new Map<string, { at: Position; address: string }[]>()
  const cellOf = ([lng, lat]: Position, dx = 0, dy = 0) =>
    `${Math.floor(lng / CELL) + dx},${Math.floor(lat / CELL) + dy}`
  for (const { ring, address } of demo.buildings) {
    const at = centerOf(ring)
    const list = cells.get(cellOf(at)) ?? []
    cells.set(cellOf(at), [...list, { at, address }])
  }
  return (position) => {
    let best = { metres: Infinity, address: demo.subdistrict.name }
    for (const [dx, dy] of AROUND) {
      for (const { at, address } of cells.get(cellOf(position, dx, dy)) ?? []) {
        const metres = distanceM(position, at, at)
        if (metres < best.metres) best = { metres, address }
      }
    }
    if (best.metres > REACH_M) return { address: `${best.address}附近`, place: '' }
    return { address: best.metres < 15 ? best.address : `${best.address}附近`, place: best.address }
  }
}

/** Cells around, far enough to find the nearest house from the middle of the fields. */
const REACHED = [-3, -2, -1, 0, 1, 2, 3]
const AROUND = REACHED.flatMap((dx) => REACHED.map((dy) => [dx, dy] as const))
