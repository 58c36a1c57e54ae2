import type { Position } from '../geojson.ts'
import type { Demo } from './demo.ts'
import { INCIDENTS, type Hours, type Incident, type Season } from './incidents.ts'
import { random, seedOf, type Random } from './random.ts'
import { chooser, shifted, sitesOf, type Ground } from './spots.ts'

/** A report before anyone has dealt with it. Instants are milliseconds. */
export interface Draft {
  readonly category: string
  readonly source: string
  readonly position: Position
  readonly accuracyM: number | null
  readonly occurredAt: number
  readonly reportedAt: number
  /** With `@` where the place is to be named. */
  readonly text: string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY
/** China's clock. */
const OFFSET = 8 * HOUR

/** Share of the reports by ground. */
const SHARES: readonly (readonly [Ground, number])[] = [
  ['street', 20],
  ['estate', 25],
  ['shop', 11],
  ['village', 15],
  ['lane', 8],
  ['market', 6],
  ['water', 5],
  ['industry', 4],
  ['field', 3.5],
  ['school', 2.5],
  ['park', 2],
]

/** A round of household visits has just ended: matters of long limits, many of which are still open. */
const VISITS = 110
const VISIT_DAYS = 9
const VISITED: readonly Ground[] = ['estate', 'village', 'street', 'shop']
const LONG: ReadonlySet<string> = new Set([
  'G3',
  'G5',
  'G9',
  '01-13',
  '01-11',
  'G2-05',
  'G4',
  '01-05',
  '01-93',
])
/** Reports of the last minutes, which nobody has looked at. */
const FRESH = [1, 3, 5, 8] as const

/** Reports of the year that ends at `until`, ascending by report. */
export function draftsOf(
  demo: Demo,
  count: number,
  until: number,
  inside: (p: Position) => boolean,
): Draft[] {
  const rng = random(seedOf('drafts'))
  const days = daysUntil(until)
  const pickDay = chooser(days, ({ weight }) => weight)
  const pickVisitDay = chooser(days.slice(0, VISIT_DAYS), ({ weight }) => weight)
  const pickGround = chooser(SHARES, ([, share]) => share)
  const incidentOn = incidents(INCIDENTS)
  const visitOn = incidents(INCIDENTS.filter(({ code }) => LONG.has(code)))
  const positionOn = positions(demo, inside)
  const drafts: Draft[] = []
  while (drafts.length < count) {
    const visit = drafts.length < VISITS
    const day = visit ? pickVisitDay(rng) : pickDay(rng)
    const ground = visit ? rng.pick(VISITED) : pickGround(rng)[0]
    const incident = (visit ? visitOn : incidentOn)(ground, day)(rng)
    const fresh = FRESH[drafts.length]
    const draft = draftOf(incident, positionOn(ground, rng), day.midnight, rng)
    const dated = fresh === undefined ? draft : { ...draft, ...justNow(until - fresh * MINUTE) }
    if (dated.reportedAt <= until - MINUTE && dated.reportedAt > until - YEAR + MINUTE) drafts.push(dated)
  }
  return drafts.toSorted((a, b) => a.reportedAt - b.reportedAt)
}

function justNow(reportedAt: number) {
  return { reportedAt, occurredAt: reportedAt - 3 * MINUTE, source: 'grid-worker' }
}

function draftOf(incident: Incident, position: Position, midnight: number, rng: Random): Draft {
  const source = sourceOf(incident, rng)
  const occurredAt = Math.floor(midnight + hourOf(incident.hours, rng) * HOUR)
  return {
    category: incident.code,
    source,
    position: [round(position[0]), round(position[1])],
    accuracyM: source === 'grid-worker' || source === 'public' ? Math.round(rng.between(3, 25)) : null,
    occurredAt,
    reportedAt: Math.floor(occurredAt + delayOf(source, rng)),
    text: rng.pick(incident.texts),
  }
}

/** Positions are kept to 1e-7 degree. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}

interface Day {
  readonly midnight: number
  /** 0 for January. */
  readonly month: number
  readonly rainy: boolean
  readonly weight: number
}

/** Week-ends are quieter, rain is not. */
function daysUntil(until: number): Day[] {
  const today = Math.floor((until + OFFSET) / DAY) * DAY - OFFSET
  return Array.from({ length: 366 }, (_, n) => {
    const midnight = today - n * DAY
    const date = new Date(midnight + OFFSET)
    const month = date.getUTCMonth()
    const chance = month >= 5 && month <= 7 ? 0.3 : 0.08
    const rainy = random(seedOf('rain', date.toISOString().slice(0, 10))).next() < chance
    const week = [0.55, 1.12, 1.1, 1.05, 1.05, 1, 0.7][date.getUTCDay()] ?? 1
    return { midnight, month, rainy, weight: week * (rainy ? 1.25 : 1) }
  })
}

const MONTHS: Readonly<Record<Season, readonly number[]>> = {
  //       J    F    M    A    M    J    J    A    S    O    N    D
  winter: [3, 2, 0.1, 0, 0, 0, 0, 0, 0, 0, 0.3, 2],
  summer: [0.1, 0.1, 0.3, 0.6, 1.4, 2, 2.6, 2.6, 1.6, 0.6, 0.2, 0.1],
  rain: [0.5, 0.5, 0.6, 0.6, 0.8, 1, 1, 1, 0.7, 0.5, 0.5, 0.5],
  straw: [0.1, 0.1, 0.1, 0.1, 0.8, 4, 0.3, 0.1, 0.4, 4, 1.5, 0.2],
  growth: [0.1, 0.2, 0.8, 1.6, 2, 2, 1.5, 1.2, 1, 0.6, 0.2, 0.1],
  leaves: [1.5, 0.8, 0.6, 0.5, 0.3, 0.3, 0.3, 0.3, 0.4, 1, 2.4, 2.2],
  wages: [4, 3, 0.5, 0.5, 0.5, 0.6, 0.5, 0.5, 0.6, 0.6, 1, 2.5],
}

function incidents(from: readonly Incident[]) {
  const choosers = new Map<string, (rng: Random) => Incident>()
  return (ground: Ground, { month, rainy }: Day) => {
    const key = `${ground} ${month} ${rainy}`
    const known = choosers.get(key)
    if (known) return known
    const made = chooser(from, ({ on, season }) => {
      const factor = season === undefined ? 1 : (MONTHS[season][month] ?? 1)
      return (on[ground] ?? 0) * factor * (season === 'rain' && rainy ? 5 : 1)
    })
    choosers.set(key, made)
    return made
  }
}

const SOURCES = [
  ['grid-worker', 68],
  ['patrol', 11],
  ['public', 7],
  ['video', 6],
  ['hotline-12345', 5],
  ['department', 3],
] as const
const CALLED = [
  ['hotline-12345', 52],
  ['grid-worker', 34],
  ['public', 9],
  ['department', 5],
] as const
const pickSource = chooser(SOURCES, ([, share]) => share)
const pickCalled = chooser(CALLED, ([, share]) => share)

function sourceOf({ called }: Incident, rng: Random): string {
  return (called === true ? pickCalled(rng) : pickSource(rng))[0]
}

/** From when it happened to its report: a camera sees at once, a caller thinks it over. */
function delayOf(source: string, rng: Random): number {
  if (source === 'video') return rng.between(0.5, 4) * MINUTE
  if (source === 'hotline-12345') return rng.between(8, 600) * MINUTE
  if (source === 'department') return rng.between(60, 1200) * MINUTE
  return rng.between(2, 35) * MINUTE
}

/** Weight of each hour of the day. */
const CLOCKS: Readonly<Record<Hours, readonly number[]>> = {
  day: [0, 0, 0, 0, 0, 0.2, 1, 4, 9, 12, 10, 6, 3, 4, 8, 11, 10, 6, 3, 2, 1.5, 1, 0.4, 0.1],
  evening: [0.6, 0.2, 0.1, 0, 0, 0.2, 0.8, 2, 3, 3, 3, 2, 2, 2, 2, 3, 4, 6, 9, 11, 11, 8, 4, 1.5],
  trade: [0, 0, 0, 0, 0, 1, 6, 10, 11, 8, 6, 4, 2, 2, 4, 7, 10, 11, 8, 4, 2, 1, 0, 0],
  gate: [0, 0, 0, 0, 0, 0, 4, 14, 4, 1, 2, 6, 3, 2, 2, 6, 16, 9, 3, 1, 0, 0, 0, 0],
}

const pickHour = Object.fromEntries(
  Object.entries(CLOCKS).map(([name, weights]) => [
    name,
    chooser([...weights.keys()], (hour) => weights[hour] ?? 0),
  ]),
) as Readonly<Record<Hours, (rng: Random) => number>>

function hourOf(hours: Hours = 'day', rng: Random): number {
  return pickHour[hours](rng) + rng.next()
}

/** Places that everybody in the office knows. */
const HOT: readonly Ground[] = ['market', 'school', 'shop', 'estate', 'industry', 'street', 'water']
const HOT_SHARE = 0.22
const HOT_SPREAD_M = 24

function positions(demo: Demo, inside: (p: Position) => boolean) {
  const rng = random(seedOf('hot spots'))
  const pick = new Map(
    [...sitesOf(demo)].map(([ground, sites]) => [ground, chooser(sites, ({ weight }) => weight)]),
  )
  const draw = (ground: Ground, from: Random): Position => {
    for (;;) {
      const position = pick.get(ground)?.(from).draw(from)
      if (!position) throw new RangeError(`the demo has no ${ground}`)
      if (inside(position)) return position
    }
  }
  const hot = new Map(HOT.map((ground) => [ground, [draw(ground, rng), draw(ground, rng)]]))
  return (ground: Ground, from: Random): Position => {
    const known = hot.get(ground)
    if (!known || from.next() >= HOT_SHARE) return draw(ground, from)
    for (;;) {
      const metres = HOT_SPREAD_M * Math.sqrt(-2 * Math.log(1 - from.next()))
      const position = shifted(from.pick(known), metres, from.between(0, 2 * Math.PI))
      if (inside(position)) return position
    }
  }
}
