import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { seedWhereEmpty, type SeedOptions } from '../../db/seed.ts'
import { onBothDatabases } from '../../db/testing.ts'
import { decodeColumns } from '../../geodata/columns.ts'
import { DEMO_RULES } from './actions/demo.ts'
import { rowOf } from './rules.ts'
import { findEvent } from './store.ts'
import { apiOn } from './testing.ts'

const NOW = new Date('2026-11-23T16:30:00+08:00')
const EVERYWHERE = { all: true, grids: [], units: [], account: null }
const OPTIONS: SeedOptions = { ...DEMO_RULES, now: NOW }

onBothDatabases('the demo', (database) => {
  let app: FastifyInstance
  const get = async (url: string) => {
    const answer = await app.inject(encodeURI(url))
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200)
    return answer.json()
  }
  const count = async (table: string) => {
    const found = await database().db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(table)}`,
    )
    return found.rows[0]?.n
  }

  beforeAll(async () => {
    const { db } = database()
    // A first start that is cut off in the middle leaves nothing, and two at once do it once.
    const broken = seedWhereEmpty(db, { ...OPTIONS, locateAll: () => Promise.reject(new Error('cut off')) })
    await expect(broken).rejects.toThrow('cut off')
    expect(await count('grids')).toBe(0)
    const both = await Promise.all([seedWhereEmpty(db, OPTIONS), seedWhereEmpty(db, OPTIONS)])
    expect(new Set(both)).toEqual(new Set([false, true]))
    app = await apiOn(database(), () => NOW)
  })

  test('has the figures of the office', async () => {
    const { type, features } = await get('/api/grids')
    expect(type).toBe('FeatureCollection')
    expect(features).toHaveLength(81)
    const properties = features.map((feature: { properties: Record<string, unknown> }) => feature.properties)
    const of = (kind: string) => properties.filter((p: { kind: string }) => p.kind === kind).length
    expect([of('urban-full-time'), of('urban-comprehensive'), of('rural-comprehensive')]).toEqual([
      15, 16, 50,
    ])
    expect(properties.filter((p: { accepted: boolean }) => p.accepted)).toHaveLength(54)
    expect(properties.filter((p: { worker: { fullTime: boolean } }) => p.worker.fullTime)).toHaveLength(15)
    const summary = await get('/api/events/summary')
    expect(summary).toMatchObject({
      open: 150,
      overdue: 18,
      year: 9568,
      disputes: { year: 688 },
      borderDesk: 5,
    })
    expect(summary.onTimeRate).toBeGreaterThan(0.96)
    const sum = (key: string) =>
      properties.reduce((total: number, p: Record<string, number>) => total + (p[key] ?? 0), 0)
    expect([sum('open') + 5, sum('overdue')]).toEqual([150, 18])
    expect((await get('/api/subdistrict')).communities).toHaveLength(20)
  })

  test('every event has its steps, and the last one says how it stands', async () => {
    const { rows } = await database().db.execute<{ n: number; odd: number }>(sql`
      with last as (select distinct on (subject) subject, data from steps order by subject, seq desc),
      told as (select subject, count(*)::int as steps from steps group by subject)
      select count(*)::int as n, (count(*) filter (where not (
        l.data ->> 'status' = e.status and (l.data ->> 'version')::int = e.version and t.steps = e.version
        and l.data -> 'units' = to_jsonb(e.units) and l.data -> 'asks' = to_jsonb(e.asks)
        and (l.data ->> 'supervision')::int = e.supervision and (l.data ->> 'reporter')::int is not distinct from e.reporter_id
        and (l.data ->> 'stageDueAt')::timestamptz is not distinct from e.stage_due_at
        and (l.data ->> 'closedAt')::timestamptz is not distinct from e.closed_at)))::int as odd
      from events e join last l on l.subject = 'event/' || e.id join told t using (subject)`)
    expect(rows).toEqual([{ n: 9568, odd: 0 }])
    const sample = await findEvent(database().db, 4711, EVERYWHERE)
    if (!sample) throw new Error('no event 4711')
    const step = await database().db.execute<{ data: unknown }>(
      sql`select data from steps where subject = 'event/4711' order by seq desc limit 1`,
    )
    expect(step.rows[0]?.data).toMatchObject(rowOf(sample))
  })

  test('what stands beside a case fits it', async () => {
    const odd = async (condition: ReturnType<typeof sql>) => {
      const { rows } = await database().db.execute(
        sql`select e.id, e.status from events e where ${condition} limit 5`,
      )
      expect(rows).toEqual([])
    }
    await odd(sql`not exists (select from obligations o where o.event_id = e.id)`)
    await odd(sql`e.closed_at is null and e.units <> coalesce((select array_agg(a.unit order by a.part = 'assist', a.id)
      from assignments a where a.event_id = e.id and a.ended_at is null), '{}')`)
    await odd(sql`e.status in ('dispatched', 'signed', 'handling', 'handled', 'checking') and e.units = '{}'`)
    await odd(sql`e.closed_at is not null and exists (
      select from assignments a where a.event_id = e.id and a.ended_at is null)`)
    await odd(sql`e.asks <> coalesce((select array_agg(r.kind order by r.kind) from requests r
      where r.event_id = e.id and r.decided_at is null), '{}')`)
    await odd(
      sql`(e.status = 'held') <> (e.held_until is not null and e.held_from is not null and e.holds = 1)`,
    )
    await odd(sql`e.status in ('reported', 'filed', 'verifying', 'returned', 'checking', 'dispatched')
      <> (e.stage_due_at is not null) and e.closed_at is null`)
    await odd(sql`exists (select from requests r where r.event_id = e.id and r.kind = 'handover'
      and (r.grid_id is null or r.grid_id = e.grid_id))`)
    await odd(sql`e.why ->> 'rule' is null or e.amber_at >= e.due_at`)
  })

  test('every desk has something to do', async () => {
    const { rows } = await database().db.execute<{ name: string; n: number }>(sql`
      select status as name, count(*)::int as n from events where closed_at is null group by 1
      union all select 'ask ' || kind, count(*)::int from requests where decided_at is null group by 1
      union all select 'supervised ' || supervision, count(*)::int from events where supervision > 0 group by 1
      union all select 'on the spot', count(*)::int from events where on_the_spot
      union all select 'revisited', count(*)::int from events where status = 'revisited'
      union all select 'unscored', count(*)::int from events where unscored
      union all select 'assisted', count(*)::int from assignments where part = 'assist'`)
    const counts = new Map(rows.map(({ name, n }) => [name, n]))
    const few = ['verifying', 'checking', 'returned', 'filed', 'dispatched', 'signed', 'handled', 'unscored']
    const asks = ['extend', 'hold', 'handover', 'reopen', 'appeal'].map((kind) => `ask ${kind}`)
    const levels = [1, 2, 3].map((level) => `supervised ${level}`)
    for (const name of [...few, ...asks]) expect(counts.get(name), name).toBeGreaterThanOrEqual(2)
    for (const name of levels) expect(counts.get(name), name).toBeGreaterThan(0)
    expect(counts.get('handling')).toBeGreaterThan(20)
    expect(counts.get('held')).toBe(6)
    expect(counts.get('on the spot')).toBeGreaterThan(1000)
    expect(counts.get('revisited')).toBeGreaterThan(2000)
    expect(counts.get('assisted')).toBeGreaterThan(300)
  })

  test('the trail is in the order of its instants', async () => {
    const { rows } = await database().db.execute(sql`
      select 1 from (select at, lag(at) over (order by xid, seq) as before from steps) s where at < before limit 1`)
    expect(rows).toEqual([])
  })

  test('the year fits in one answer, in order', async () => {
    const answer = await app.inject('/api/events/points')
    const { count: points, t, positions } = decodeColumns(new Uint8Array(answer.rawPayload).buffer)
    expect(points).toBe(9568)
    expect([...t].every((at, n) => n === 0 || at >= (t[n - 1] ?? 0))).toBe(true)
    expect(positions.every((degrees) => degrees > 32 && degrees < 121)).toBe(true)
    expect(answer.rawPayload.length).toBeLessThan(300_000)
  })

  test('a grid tells its load', async () => {
    const { id } = (await get('/api/grids')).features[0].properties
    const detail = await get(`/api/grids/${id}`)
    expect(detail.trend).toHaveLength(26)
    expect(detail.station.name).toContain('服务站')
    expect(detail.neighbours.length).toBeGreaterThan(1)
    expect(detail.areaM2).toBeGreaterThan(10_000)
    const year = new Date(NOW.getTime() - 365 * 86_400_000).toISOString()
    const { total } = await get(`/api/events?grid=${id}&from=${year}&limit=1`)
    const counts = Object.values(detail.byCategory as Record<string, number>)
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(total)
    expect(detail.reportedThisWeek).toBe(detail.trend.at(-1))
  })

  test('Σ of the grids in SQL is the sub-district: no gap, no overlap', async () => {
    const { rows } = await database().db.execute<{ sum: number; whole: number; holes: number }>(sql`
      select sum(st_area(geom)) as sum, st_area(st_union(geom)) as whole,
        st_numinteriorrings(st_geometryn(st_union(geom), 1)) as holes from boundaries`)
    expect(rows[0]?.holes).toBe(0)
    expect((rows[0]?.sum ?? 0) / (rows[0]?.whole ?? 1)).toBeCloseTo(1, 10)
  })

  describe('search', () => {
    test.each([
      ['人民路1号', 'address', '人民路1号'],
      ['永宁社区第一网格', 'grid', '永宁社区第一网格'],
      ['Yongning Grid 1', 'grid', '永宁社区第一网格'],
      ['321299001001001', 'grid', '永宁社区第一网格'],
      ['滨河', 'place', '滨河街道'],
    ])('%s finds a %s', async (text, kind, label) => {
      const hits = await get(`/api/search?text=${text}`)
      expect(hits).toContainEqual(expect.objectContaining({ kind, label }))
    })

    test('a worker is found by name, at the grid', async () => {
      const { worker, id } = (await get('/api/grids')).features[0].properties
      const hits = await get(`/api/search?text=${worker.name}`)
      expect(hits).toContainEqual(expect.objectContaining({ kind: 'worker', id }))
    })

    test('an event is found by its number', async () => {
      const { items } = await get('/api/events?limit=1')
      const hits = await get(`/api/search?text=${items[0].number}`)
      expect(hits[0]).toMatchObject({ kind: 'event', id: items[0].id, position: items[0].position })
    })

    test.each(['%', '_', '\\', '\\%', "'", '   '])('%j finds nothing by accident', async (text) => {
      const hits = await get(`/api/search?text=${encodeURIComponent(text)}`.replaceAll('%25', '%25'))
      expect(hits).toEqual([])
    })
  })

  test('addresses are offered best first', async () => {
    const matches = await get('/api/places/addresses?text=人民路1号')
    expect(matches[0]).toMatchObject({ text: '人民路1号', likeness: 1 })
    expect(matches[0].grid.code).toMatch(/^3212/)
    const likeness = matches.map((match: { likeness: number }) => match.likeness)
    expect(likeness).toEqual(likeness.toSorted((a: number, b: number) => b - a))
  })

  test.each(['/api/places/basemap', '/api/places/buildings', '/api/grids'])(
    '%s is sent once',
    async (url) => {
      const first = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } })
      expect(first.headers['content-encoding']).toBe('gzip')
      const again = await app.inject({ url, headers: { 'if-none-match': String(first.headers.etag) } })
      expect([again.statusCode, again.body]).toEqual([304, ''])
    },
  )

  test('buildings have addresses and households, the basemap has names', async () => {
    const { features } = await get('/api/places/buildings')
    expect(features.length).toBeGreaterThan(6000)
    expect(features[0].properties).toMatchObject({ id: 1, address: expect.stringMatching(/.+[号幢]/) })
    const basemap = await get('/api/places/basemap')
    const layers = new Set(basemap.features.map((f: { properties: { layer: string } }) => f.properties.layer))
    expect(layers).toEqual(new Set(['water', 'road', 'landuse', 'place']))
  })
})
