import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../../db/testing.ts'
import { decodeColumns } from '../../geodata/columns.ts'
import { light } from '../deadlines/rules.ts'
import { EVENT_SOURCES, EVENT_STATUSES, LIGHTS, type EventRow } from './contract.ts'
import { apiOn, drawToy, NOW } from './testing.ts'

const HOUR = 3_600_000
const COUNT = 400

onBothDatabases('filters', (database) => {
  let app: FastifyInstance
  let all: EventRow[]

  beforeAll(async () => {
    await drawToy(database().db)
    await scatter()
    app = await apiOn(database())
    all = (await get('/api/events', { limit: '2000' })).items
    expect(all).toHaveLength(COUNT)
  })

  const get = async (url: string, query: Record<string, string | string[]> = {}) => {
    const answer = await app.inject({ url, query })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json()
  }

  /** Events of every status, light and source in all grids, some at the very edges between two lights. */
  async function scatter(): Promise<void> {
    const edges = [0, 1, -1, HOUR, HOUR - 1, HOUR + 1]
    const rows = Array.from({ length: COUNT }, (_, n) => {
      const status = EVENT_STATUSES[n % EVENT_STATUSES.length] ?? 'reported'
      const due =
        NOW.getTime() + (n % 3 === 0 ? (edges[n % edges.length] ?? 0) : ((n * 37) % 200) * HOUR - 90 * HOUR)
      const reported = n % 3 === 0 ? due - 2 * HOUR : due - ((n % 50) + 1) * HOUR
      return {
        status,
        category: ['01-10', '01-12', '04-96', 'G3'][n % 4],
        source: EVENT_SOURCES[n % EVENT_SOURCES.length],
        reported: new Date(reported),
        due: new Date(due),
        closed: ['closed', 'rejected', 'merged'].includes(status) ? new Date(reported + HOUR) : null,
        lng: 119.9 + ((n * 7) % 100) * 0.0002,
        lat: 32.44 + ((n * 13) % 100) * 0.0002,
        grid: n % 9 === 8 ? null : (n % 4) + 1,
        address: n % 5 === 0 ? `南街${n}号` : null,
        description: descriptionOf(n),
      }
    })
    await database().db.execute(sql`
      insert into events (category, status, source, occurred_at, reported_at, due_at, closed_at, geom, grid_id, rule,
        placement, address, description)
      select category, status, source, reported, reported, due, closed, st_setsrid(st_makepoint(lng, lat), 4326), grid,
        case when grid is null then 'outside' else 'inside' end, '{"rule":"inside","candidates":[]}', address, description
      from json_to_recordset(${JSON.stringify(rows)}::json) as r (category text, status text, source text,
        reported timestamptz, due timestamptz, closed timestamptz, lng float8, lat float8, grid integer, address text,
        description text)`)
  }

  test('list, map, heat and counts agree with each other and with what the filter says', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const query = filter as Record<string, string | string[]>
        const wanted = all.filter((row) => matches(row, query)).map(({ id }) => id)
        const list = await get('/api/events', { ...query, limit: '2000' })
        expect(list.items.map((item: EventRow) => item.id)).toEqual(wanted)
        expect(list.total).toBe(wanted.length)
        const heat = await get('/api/events/heat', query)
        expect(heat.total).toBe(wanted.length)
        expect(heat.cells.reduce((sum: number, cell: { count: number }) => sum + cell.count, 0)).toBe(
          wanted.length,
        )
        const points = await app.inject({ url: '/api/events/points', query })
        const bytes = new Uint8Array(points.rawPayload)
        expect([...decodeColumns(bytes.buffer).id].toSorted((a, b) => a - b)).toEqual(
          wanted.toSorted((a, b) => a - b),
        )
      }),
      { numRuns: 150 },
    )
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

  test('the counts of the grids and of the summary are those of the lists', async () => {
    const grids = await get('/api/grids')
    for (const { properties } of grids.features) {
      const open = await get('/api/events', { grid: String(properties.id), state: 'open', limit: '1' })
      const overdue = await get('/api/events', { grid: String(properties.id), light: 'red', limit: '1' })
      expect([properties.open, properties.overdue]).toEqual([open.total, overdue.total])
    }
    const summary = await get('/api/events/summary')
    const totalOf = async (query: Record<string, string>) =>
      (await get('/api/events', { ...query, limit: '1' })).total
    expect(summary.open).toBe(await totalOf({ state: 'open' }))
    expect(summary.overdue).toBe(await totalOf({ light: 'red' }))
    expect(summary.borderDesk).toBe(await totalOf({ state: 'open', grid: '0' }))
    const yearAgo = new Date(NOW.getTime() - 365 * 24 * HOUR).toISOString()
    expect(summary.year).toBe(await totalOf({ from: yearAgo }))
    expect(summary.onTimeRate).toBeGreaterThan(0)
    expect(summary.onTimeRate).toBeLessThan(1)
  })
})

type Filter = Readonly<Record<string, string | string[]>>

/** What each field of a filter means, said without SQL. */
const MEANINGS: Readonly<Record<string, (row: EventRow, wanted: string | string[]) => boolean>> = {
  state: (row, state) => (state === 'open') === (row.closedAt === null),
  status: (row, among) => among.includes(row.status),
  light: (row, among) => among.includes(light(row, NOW.getTime())),
  category: (row, among) => among.includes(row.category),
  source: (row, among) => among.includes(row.source),
  grid: (row, among) => among.includes(String(row.gridId ?? 0)),
  community: (row, among) => row.gridId !== null && among.includes(row.gridId < 3 ? 'C1' : 'C2'),
  from: (row, from) => row.reportedAt >= String(from),
  to: (row, to) => row.reportedAt < String(to),
  closedFrom: (row, from) => row.closedAt !== null && row.closedAt >= String(from),
  bbox: ({ position: [lng = 0, lat = 0] }, box) => {
    const [west = 0, south = 0, east = 0, north = 0] = String(box).split(',').map(Number)
    return lng >= west && lng <= east && lat >= south && lat <= north
  },
  text: (row, text) => hasText(row, String(text)),
}

function matches(row: EventRow, filter: Filter): boolean {
  return Object.entries(filter).every(([field, wanted]) => MEANINGS[field]?.(row, wanted) ?? false)
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
    from: day,
    to: day,
    closedFrom: day,
    bbox: fc.constantFrom('119.9,32.44,119.91,32.45', '119.9,32.44,119.92,32.46', '0,0,1,1'),
    text: fc.constantFrom('南街', '南街1', '100%', '_', '\\', '20260306-000007', 'zzz'),
  },
  { requiredKeys: [] },
)
