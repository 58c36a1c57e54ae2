import type { GridKind } from './draft.ts'

export type Urgency = 'urgent' | 'fast' | 'normal' | 'long'

/**
 * What a grid worker's week is made of. `source` is the mark of shared/domain.md: S49 is a district's norm (§8), P our proposal,
 * open to change. Only what differs from grid to grid is counted: meetings and training are the same everywhere.
 */
export const WORK = {
  /** Minutes on one event: look, report, look again; with an urgent one the worker waits until the unit has come. */
  eventUrgent: { amount: 60, source: 'P' },
  eventFast: { amount: 30, source: 'P' },
  eventNormal: { amount: 25, source: 'P' },
  eventLong: { amount: 40, source: 'P' },
  /** Minutes on one dispute: two sittings. */
  dispute: { amount: 120, source: 'P' },
  /** Rounds of all households in a year: quarterly by full-time workers, half-yearly by part-time ones. */
  roundsFullTime: { amount: 4, source: 'S49' },
  roundsPartTime: { amount: 2, source: 'P' },
  /** Minutes of one visit with the way to the next door. */
  visitUrban: { amount: 8, source: 'P' },
  visitRural: { amount: 12, source: 'P' },
  /** Patrols of all roads in a week: each working day, or two. */
  patrolsFullTime: { amount: 5, source: 'S49' },
  patrolsPartTime: { amount: 2, source: 'P' },
  /** Kilometres an hour with eyes open: on foot in town, by e-bike in the country. */
  paceUrban: { amount: 3, source: 'P' },
  paceRural: { amount: 10, source: 'P' },
} as const satisfies Readonly<Record<string, { readonly amount: number; readonly source: 'S49' | 'P' }>>

/** Minutes of a grid worker's time on an event, by the urgency of its class. */
export const EVENT_MINUTES: Readonly<Record<Urgency, number>> = {
  urgent: WORK.eventUrgent.amount,
  fast: WORK.eventFast.amount,
  normal: WORK.eventNormal.amount,
  long: WORK.eventLong.amount,
}

const WEEKS = 365 / 7

/** What the hours of a grid follow from; minutes and disputes are those of a year. */
export interface Load {
  readonly households: number
  readonly minutes: number
  readonly disputes: number
  readonly roadM: number
}

/** Hours a week. */
export interface Hours {
  readonly events: number
  readonly visits: number
  readonly patrols: number
  readonly disputes: number
  readonly total: number
}

/** Hours of a week in a grid of this kind; each part is proportional to its load, so hours of parts add up to those of the whole. */
export function hoursOf(kind: GridKind, { households, minutes, disputes, roadM }: Load): Hours {
  const { rounds, visit, patrols, pace } = PACES[kind]
  const parts = {
    events: minutes / 60 / WEEKS,
    visits: (households * rounds * visit) / 60 / WEEKS,
    patrols: ((roadM / 1000) * patrols) / pace,
    disputes: (disputes * WORK.dispute.amount) / 60 / WEEKS,
  }
  return { ...parts, total: parts.events + parts.visits + parts.patrols + parts.disputes }
}

interface Pace {
  readonly rounds: number
  readonly visit: number
  readonly patrols: number
  readonly pace: number
}

const FULL_TIME = { rounds: WORK.roundsFullTime.amount, patrols: WORK.patrolsFullTime.amount }
const PART_TIME = { rounds: WORK.roundsPartTime.amount, patrols: WORK.patrolsPartTime.amount }
const URBAN = { visit: WORK.visitUrban.amount, pace: WORK.paceUrban.amount }
const RURAL = { visit: WORK.visitRural.amount, pace: WORK.paceRural.amount }

/** By the kind of the grid, not by its worker of today: the work stays when the worker changes. */
const PACES: Readonly<Record<GridKind, Pace>> = {
  'urban-full-time': { ...FULL_TIME, ...URBAN },
  'urban-comprehensive': { ...PART_TIME, ...URBAN },
  'rural-comprehensive': { ...PART_TIME, ...RURAL },
}

/** Urban and rural work are never compared with each other. */
export type Area = 'urban' | 'rural'

export function areaOf(kind: GridKind): Area {
  return kind === 'rural-comprehensive' ? 'rural' : 'urban'
}
