import type { Position } from '#geo/geojson'
import { toLattice, toPosition } from '#geo/lattice'
import type { Actor, Role } from '../accounts/contract.ts'
import { holderOf, reachAs, reaches, type Located } from '../accounts/rules.ts'
import { dateOf } from '../deadlines/rules.ts'
import type { Words } from '../http/contract.ts'
import type { Channel, EventFacts, EventRow, EventSource } from './contract.ts'

/** What is wrong with a field of a report. */
export interface Fault {
  /** JSON pointer. */
  readonly field: string
  readonly why: Words
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault }

/** yyyymmdd of the report in China, dash, id of at least six digits: as people quote it. */
export function eventNumber(id: number, reportedAt: number): string {
  return `${dayOf(reportedAt)}-${String(id).padStart(6, '0')}`
}

/** First part of an event number. */
export function dayOf(reportedAt: number): string {
  return dateOf(reportedAt).replaceAll('-', '')
}

/** An event as it crosses the wire in lists and in the feed. */
export function rowOf(event: EventFacts): EventRow {
  const { id, category, status, source, position, address, gridId, keeperId, rule, version } = event
  const { units, asks, supervision, important, reporter } = event
  return {
    id,
    number: eventNumber(id, event.reportedAt),
    category,
    status,
    source,
    position,
    address,
    gridId,
    keeperId,
    rule,
    units,
    asks,
    supervision,
    important,
    reporter,
    version,
    occurredAt: isoOf(event.occurredAt),
    reportedAt: isoOf(event.reportedAt),
    dueAt: isoOf(event.dueAt),
    amberAt: isoOf(event.amberAt),
    closedAt: event.closedAt === null ? null : isoOf(event.closedAt),
    stageDueAt: event.stageDueAt === null ? null : isoOf(event.stageDueAt),
  }
}

function isoOf(at: number): string {
  return new Date(at).toISOString()
}

/** Who hears of an event in the live feed. Where a step moves it, those of before hear too: give both states. */
export function audienceOf(...states: readonly Located[]): string[] {
  const tags = states.flatMap((state) => {
    const holder = holderOf(state)
    return [
      ...(holder === null ? [] : [`grid/${holder}`]),
      ...state.units.map((unit) => `unit/${unit}`),
      ...(state.reporter === null ? [] : [`account/${state.reporter}`]),
    ]
  })
  return ['events', ...new Set(tags)]
}

const INTAKE_MINUTES = 15

/** Until when the intake desk has looked at a new report. */
export function intakeDueAt(reportedAt: number): number {
  return reportedAt + INTAKE_MINUTES * MINUTE
}

/** The promise that a source makes besides the grid's own. */
export function channelOf(source: EventSource): Channel {
  return source === 'hotline-12345' ? '12345' : 'grid'
}

const SOURCES: Readonly<Partial<Record<Role, EventSource>>> = {
  'grid-worker': 'grid-worker',
  'grid-lead': 'grid-worker',
  acceptor: 'hotline-12345',
  handler: 'department',
  'unit-liaison': 'department',
}

/** Where a report comes from that does not say: by the duty of who brings it. */
export function sourceOf(role: Role | null): EventSource {
  return (role !== null && SOURCES[role]) || 'public'
}

/** The duty in which the actor does what the policy allows: the first that does. */
export function dutyFor(actor: Actor, roles: readonly Role[]): Role | null {
  return actor.duties.find(({ role }) => roles.includes(role))?.role ?? null
}

/** Whether the actor may report and close in one there: in own grids, or what is the work of the own unit. */
export function maySolve(actor: Actor, gridId: number | null, units: readonly string[]): boolean {
  return (
    reaches(reachAs(actor, ['grid-worker', 'grid-lead']), { gridId, units: [], reporter: null }) ||
    reaches(reachAs(actor, ['handler']), { gridId: null, units, reporter: null })
  )
}

/** Roles of the border desk, where they reach the whole sub-district. */
export const BORDER_DESK = ['director', 'commander', 'shift-lead', 'acceptor', 'dispatcher'] as const

export function mayPlace(actor: Actor): boolean {
  return reachAs(actor, BORDER_DESK).all
}

/** The id in an event number, or null if the text is none. */
export function idOfNumber(text: string): number | null {
  const [, digits = ''] = /^\d{8}-(\d{6,15})$/.exec(text.trim()) ?? []
  return digits === '' ? null : Number(digits)
}

/** Positions are kept on the lattice of 1e-7 degree (1 cm), so that a decision is about the point that is stored. */
export function checkPosition(position: readonly number[], field = '/position'): Checked<Position> {
  const [lng = NaN, lat = NaN] = position
  if (position.length !== 2 || !Number.isFinite(lng) || !Number.isFinite(lat)) {
    return wrong(field, '应为 [经度, 纬度] 两个数字', 'must be two numbers, [longitude, latitude]')
  }
  if (Math.abs(lat) > 90 && Math.abs(lng) <= 90 && Math.abs(lat) <= 180) {
    return { ok: false, fault: swapped(field, lng, lat) }
  }
  if (Math.abs(lng) > 180) {
    return wrong(`${field}/0`, '经度应在 -180 到 180 之间', 'longitude must lie between -180 and 180')
  }
  if (Math.abs(lat) > 90) {
    return wrong(`${field}/1`, '纬度应在 -90 到 90 之间', 'latitude must lie between -90 and 90')
  }
  return { ok: true, value: toPosition(toLattice([lng, lat])) }
}

/** The fault of a position whose two numbers have changed places. */
export function swapped(field: string, lng: number, lat: number): Fault {
  return faultOf(
    field,
    `经度和纬度似乎颠倒了：应为 [${lat}, ${lng}]`,
    `longitude and latitude seem to be swapped: expected [${lat}, ${lng}]`,
  )
}

const MINUTE = 60_000
/** Clocks of phones run ahead a little. */
const AHEAD = 5 * MINUTE
const EARLIEST = Date.parse('2000-01-01T00:00:00+08:00')

/** When it happened: as given, or now; not in the future and not before 2000. */
export function checkOccurred(
  occurredAt: string | undefined,
  now: Date,
  field = '/occurredAt',
): Checked<Date> {
  if (occurredAt === undefined) return { ok: true, value: now }
  const at = Date.parse(occurredAt)
  if (Number.isNaN(at)) return wrong(field, '不是有效的时间', 'is not an instant that exists')
  if (at > now.getTime() + AHEAD) return wrong(field, '时间在未来', 'lies in the future')
  if (at < EARLIEST) return wrong(field, '时间早于 2000 年', 'lies before the year 2000')
  return { ok: true, value: new Date(Math.min(at, now.getTime())) }
}

/** Text as it is kept: trimmed; nothing but space is no text. */
export function tidy(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

export type Box = readonly [west: number, south: number, east: number, north: number]

export function checkBox(text: string): Checked<Box> {
  const [west = NaN, south = NaN, east = NaN, north = NaN] = text.split(',').map(Number)
  if (![west, south, east, north].every(Number.isFinite)) {
    return wrong('/bbox', '应为 西,南,东,北 四个数字', 'must be four numbers: west,south,east,north')
  }
  if (west > east || south > north || west < -180 || east > 180 || south < -90 || north > 90) {
    return wrong('/bbox', '范围颠倒或越界', 'is upside down or out of range')
  }
  return { ok: true, value: [west, south, east, north] }
}

export type Sort = 'newest' | 'due'

/** The place in a sorted list after which the next page begins: an instant in microseconds and an id. */
export interface Cursor {
  readonly micros: number
  readonly id: number
}

export function writeCursor(sort: Sort, { micros, id }: Cursor): string {
  return `${sort}.${micros}.${id}`
}

export function readCursor(sort: Sort, text: string): Checked<Cursor> {
  const [, kind, micros, id] = /^(newest|due)\.(-?\d{1,16})\.(\d{1,15})$/.exec(text) ?? []
  if (kind !== sort) {
    return wrong('/cursor', '不是这个列表给出的游标', 'was not given by a list sorted like this')
  }
  return { ok: true, value: { micros: Number(micros), id: Number(id) } }
}

function wrong(field: string, zh: string, en: string): Checked<never> {
  return { ok: false, fault: faultOf(field, zh, en) }
}

function faultOf(field: string, zh: string, en: string): Fault {
  return { field, why: { zh: `字段 ${field} ${zh}。`, en: `Field ${field} ${en}.` } }
}
