import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../../db/testing.ts'
import { decodeColumns } from '../../geodata/columns.ts'
import { holderOf } from '../accounts/rules.ts'
import { actorWith, gateFor, gridsOf, unitOf } from '../accounts/testing.ts'
import { light } from '../deadlines/rules.ts'
import { OPEN_GATE } from '../http/testing.ts'
import { ASKS, ENDED, EVENT_SOURCES, EVENT_STATUSES, LIGHTS, type EventRow } from './contract.ts'
import type { Gate } from '../http/session.ts'
import { apiOn, drawToy, NOW } from './testing.ts'

const HOUR = 3_600_000
const COUNT = 400

const ANN = 1
const BO = 2

/** Who asks, and what of everything that person may see. */
const VIEWERS = {
  everybody: { gate: OPEN_GATE, account: null, sees: () => true },
  'a shift lead': {
    gate: gateFor(actorWith('shift-lead', undefined, { account: ANN })),
    account: ANN,
    sees: () => true,
  },
  'a grid worker': {
    gate: gateFor(actorWith('grid-worker', gridsOf(1, 3), { account: ANN })),
    account: ANN,
    sees: (row) => [1, 3].includes(holderOf(row) ?? 0) || row.reporter === ANN,
  },
  'a liaison': {
    gate: gateFor(actorWith('unit-liaison', unitOf('HW'), { account: BO })),
    account: BO,
    sees: ({ id, reporter }) => unitsOf(id - 1).includes('HW') || reporter === BO,
  },
  'a lead of a community without grids': {
    gate: gateFor(actorWith('grid-lead', { kind: 'community', community: 'C9' }, { account: 3 })),
    account: 3,
    sees: () => false,
  },
} as const satisfies Record<string, Viewer>

interface Viewer {
  readonly gate: Gate
  readonly account: number | null
  readonly sees: (row: EventRow) => boolean
}

type Name = keyof typeof VIEWERS
const NAMES = Object.keys(VIEWERS) as Name[]

onBothDatabases('filters', (database) => {
  const apps = new Map<Name, FastifyInstance>()
  let all: EventRow[]

  beforeAll(async () => {
    await drawToy(database().db)
    await scatter()
    for (const name of NAMES) apps.set(name, await apiOn(database(), () => NOW, VIEWERS[name].gate))
    all = (await get('/api/events', { limit: '2000' })).items
    expect(all).toHaveLength(COUNT)
  })

  const inject = async (
    url: string,
    query: Record<string, string | string[]> = {},
    name: Name = 'everybody',
  ) => {
    const answer = await apps.get(name)?.inject({ url, query })
    expect(answer?.statusCode, answer?.body).toBe(200)
    if (!answer) throw new Error('no answer')
    return answer
  }
  const get = async (...asked: Parameters<typeof inject>) => (await inject(...asked)).json()

  /** Events of every status, light and source in all grids, some at the very edges between two lights. */
  async function scatter(): Promise<void> {
    const edges = [0, 1, -1, HOUR, HOUR - 1, HOUR + 1]
    const rows = Array.from({ length: COUNT }, (_, n) => {
      const status = EVENT_STATUSES[n % EVENT_STATUSES.length] ?? 'reported'
      const due =
        NOW.getTime() + (n % 3 === 0 ? (edges[n % edges.length] ?? 0) : ((n * 37) % 200) * HOUR - 90 * HOUR)
      const reported = n % 3 === 0 ? due - 2 * HOUR : due - ((n % 50) + 1) * HOUR
      const ended = ENDED.includes(status)
      return {
        status,
        category: ['01-10', '01-12', '04-96', 'G3'][n % 4],
        source: EVENT_SOURCES[n % EVENT_SOURCES.length],
        reported: new Date(reported),
        due: new Date(due),
        amber: new Date(due - Math.round((due - reported) / ((n % 2) * 2 + 2))),
        closed: ended ? new Date(reported + HOUR) : null,
        lng: 119.9 + ((n * 7) % 100) * 0.0002,
        lat: 32.44 + ((n * 13) % 100) * 0.0002,
        grid: n % 9 === 8 ? null : (n % 4) + 1,
        // The ground of some has changed hands.
        keeper: n % 9 === 8 || n % 7 !== 3 ? null : ((n + 1) % 4) + 1,
        ...(ended ? { units: [], asks: [] } : { units: unitsOf(n), asks: asksOf(n) }),
        supervision: n % 11 === 0 ? (n % 3) + 1 : 0,
        important: n % 13 === 0,
        reporter: [ANN, null, BO, null, null][n % 5],
        address: n % 5 === 0 ? `南街${n}号` : null,
        description: descriptionOf(n),
      }
    })
    await database().db.execute(sql`
      insert into accounts (login, name, created_at)
      select 'a' || n, '测试员', now() from generate_series(1, 3) n`)
    await database().db.execute(sql`
      insert into events (category, status, source, occurred_at, reported_at, due_at, amber_at, closed_at, geom, grid_id, keeper_id,
        rule, placement, address, description, units, asks, supervision, important, reporter_id)
      select category, status, source, reported, reported, due, amber, closed, st_setsrid(st_makepoint(lng, lat), 4326),
        grid, keeper, case when grid is null then 'outside' else 'inside' end, '{"rule":"inside","candidates":[]}', address,
        description, units, asks, supervision, important, reporter
      from json_to_recordset(${JSON.stringify(rows)}::json) as r (category text, status text, source text,
        reported timestamptz, due timestamptz, amber timestamptz, closed timestamptz, lng float8, lat float8, grid integer, keeper integer,
        address text, description text, units text[], asks text[], supervision integer, important boolean,
        reporter integer)`)
    // Whatever a unit once had, it goes on seeing.
    await database().db.execute(sql`
      update events e set units = given.units
      from json_to_recordset(${JSON.stringify(rows.map((_, n) => ({ id: n + 1, units: unitsOf(n) })))}::json)
        as given (id integer, units text[]) where e.id = given.id`)
    await database().db.execute(sql`update events set units = '{}' where closed_at is not null`)
  }

  test('list, map, heat and counts agree with each other, with what the filter says and with what one may see', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom(...NAMES), async (filter, name) => {
        const query = filter as Record<string, string | string[]>
        const { sees, account }: Viewer = VIEWERS[name]
        const wanted = all.filter((row) => sees(row) && matches(row, query, account)).map(({ id }) => id)
        const list = await get('/api/events', { ...query, limit: '2000' }, name)
        expect(list.items.map((item: EventRow) => item.id)).toEqual(wanted)
        expect(list.total).toBe(wanted.length)
        const heat = await get('/api/events/heat', query, name)
        expect(heat.total).toBe(wanted.length)
        expect(heat.cells.reduce((sum: number, cell: { count: number }) => sum + cell.count, 0)).toBe(
          wanted.length,
        )
        const points = await inject('/api/events/points', query, name)
        const bytes = new Uint8Array(points.rawPayload)
        expect([...decodeColumns(bytes.buffer).id].toSorted((a, b) => a - b)).toEqual(
          wanted.toSorted((a, b) => a - b),
        )
      }),
      { numRuns: 200 },
    )
  })

  test.each(NAMES)('%s finds what lies elsewhere missing', async (name) => {
    const { sees }: Viewer = VIEWERS[name]
    const answers = await Promise.all(
      all.slice(0, 60).map(async (row) => {
        const answer = await apps.get(name)?.inject(`/api/events/${row.id}`)
        return [sees(row) ? 200 : 404, answer?.statusCode, answer?.json()]
      }),
    )
    const missing = (await apps.get(name)?.inject('/api/events/77777777'))?.json()
    for (const [wanted, status, body] of answers) {
      expect(status).toBe(wanted)
      if (wanted === 404) expect(body).toEqual(missing)
    }
  })

  test('every light has events in this test, also at the very edges', () => {
    expect(new Set(all.map((row) => light(row, NOW.getTime())))).toEqual(new Set(LIGHTS))
  })

  describe.each(['newest', 'due'] as const)('sorted by %s', (sort) => {
    test.each([1, 7, 50, 399, 400])('pages of %i give every event once, in order', async (limit) => {
      const seen: EventRow[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: { items: EventRow[]; total: number; nextCursor: string | null } = await get(
          '/api/events',
          {
            sort,
            limit: String(limit),
            ...(cursor !== '' && { cursor }),
          },
        )
        expect(page.total).toBe(COUNT)
        expect(page.items.length).toBeLessThanOrEqual(limit)
        seen.push(...page.items)
        cursor = page.nextCursor
        if (limit === 1 && seen.length === 20) return
      }
      expect(seen).toHaveLength(COUNT)
      const keys = seen.map((row) =>
        sort === 'newest' ? -Date.parse(row.reportedAt) : Date.parse(row.dueAt),
      )
      expect(keys).toEqual(keys.toSorted((a, b) => a - b))
      expect(new Set(seen.map(({ id }) => id)).size).toBe(COUNT)
    })
  })

  test('the counts of the grids are those of the lists', async () => {
    const grids = await get('/api/grids')
    for (const { properties } of grids.features) {
      const open = await get('/api/events', { grid: String(properties.id), state: 'open', limit: '1' })
      const overdue = await get('/api/events', { grid: String(properties.id), light: 'red', limit: '1' })
      expect([properties.open, properties.overdue]).toEqual([open.total, overdue.total])
    }
  })

  test.each(NAMES)('the summary of %s is that of the lists', async (name) => {
    const summary = await get('/api/events/summary', {}, name)
    const totalOf = async (query: Record<string, string | string[]>) =>
      (await get('/api/events', { ...query, limit: '1' }, name)).total
    expect(summary.open).toBe(await totalOf({ state: 'open' }))
    expect(summary.overdue).toBe(await totalOf({ light: 'red' }))
    expect(summary.borderDesk).toBe(await totalOf({ state: 'open', grid: '0' }))
    const yearAgo = new Date(NOW.getTime() - 365 * 24 * HOUR).toISOString()
    expect(summary.year).toBe(await totalOf({ from: yearAgo }))
    const { onTime, closed, overdue } = summary.scored
    expect(closed).toBe(await totalOf({ status: ['closed', 'revisited'], closedFrom: yearAgo }))
    expect(overdue).toBe(summary.overdue)
    expect(summary.onTimeRate).toBe(closed + overdue === 0 ? 1 : onTime / (closed + overdue))
  })
})

type Filter = Readonly<Record<string, string | string[]>>

/** What each field of a filter means, said without SQL. */
const MEANINGS: Readonly<
  Record<string, (row: EventRow, wanted: string | string[], account: number | null) => boolean>
> = {
  state: (row, state) => (state === 'open') === (row.closedAt === null),
  status: (row, among) => among.includes(row.status),
  light: (row, among) => among.includes(light(row, NOW.getTime())),
  category: (row, among) => among.includes(row.category),
  source: (row, among) => among.includes(row.source),
  grid: (row, among) => among.includes(String((row.closedAt === null ? holderOf(row) : row.gridId) ?? 0)),
  community: (row, among) => row.gridId !== null && among.includes(row.gridId < 3 ? 'C1' : 'C2'),
  unit: (row, among) => unitsOf(row.id - 1).some((unit) => among.includes(unit)),
  asks: (row, among) => row.asks.some((ask) => among.includes(ask)),
  watched: (row) => row.supervision > 0 || row.important,
  mine: (row, _, account) => row.reporter !== null && row.reporter === account,
  from: (row, from) => row.reportedAt >= String(from),
  to: (row, to) => row.reportedAt < String(to),
  closedFrom: (row, from) => row.closedAt !== null && row.closedAt >= String(from),
  bbox: ({ position: [lng = 0, lat = 0] }, box) => {
    const [west = 0, south = 0, east = 0, north = 0] = String(box).split(',').map(Number)
    return lng >= west && lng <= east && lat >= south && lat <= north
  },
  text: (row, text) => hasText(row, String(text)),
}

function matches(row: EventRow, filter: Filter, account: number | null): boolean {
  return Object.entries(filter).every(([field, wanted]) => MEANINGS[field]?.(row, wanted, account) ?? false)
}

/** Units that have or had the event. */
function unitsOf(n: number): string[] {
  return n % 5 < 2 ? [] : n % 5 === 4 ? ['CG', 'HW'] : ['HW', 'SZ'].slice(n % 2, (n % 2) + 1)
}

function asksOf(n: number): string[] {
  return n % 4 === 0 ? ASKS.slice(n % 3, (n % 3) + 2) : []
}

function hasText(row: EventRow, text: string): boolean {
  if (/^\d{8}-\d{6}$/.test(text)) return row.id === Number(text.slice(9))
  return `${row.address ?? ''}\n${descriptionOf(row.id - 1) ?? ''}`.includes(text)
}

function descriptionOf(n: number): string | null {
  return n % 7 === 0 ? `第${n}处 100%_满` : null
}

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1, maxLength: 3 })
const day = fc.integer({ min: -150, max: 150 }).map((n) => new Date(NOW.getTime() + n * HOUR).toISOString())

const filters = fc.record(
  {
    state: fc.constantFrom('open', 'ended'),
    status: some(EVENT_STATUSES),
    light: some(LIGHTS),
    category: some(['01-10', '01-12', '04-96', 'G3', 'none']),
    grid: some(['0', '1', '2', '3', '4', '77']),
    community: some(['C1', 'C2', 'none']),
    source: some(EVENT_SOURCES),
    unit: some(['HW', 'CG', 'SZ', 'none']),
    asks: some(ASKS),
    watched: fc.constant('yes'),
    mine: fc.constant('yes'),
    from: day,
    to: day,
    closedFrom: day,
    bbox: fc.constantFrom('119.9,32.44,119.91,32.45', '119.9,32.44,119.92,32.46', '0,0,1,1'),
    text: fc.constantFrom('南街', '南街1', '100%', '_', '\\', '20260306-000007', 'zzz'),
  },
  { requiredKeys: [] },
)
