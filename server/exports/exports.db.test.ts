import { parse } from 'csv-parse/sync'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { readSheet } from 'read-excel-file/node'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { Db } from '#db/open'
import { onBothDatabases } from '#db/testing'
import type { Actor } from '../accounts/contract.ts'
import { actorWith, EVERYWHERE, gateFor, gridsOf } from '../accounts/testing.ts'
import { eventRoutes } from '../events/routes.ts'
import { drawToy, NOW } from '../events/testing.ts'
import { httpServer } from '../http/server.ts'
import { exportRoutes } from './routes.ts'

const commander = actorWith('commander', EVERYWHERE, { account: 1, name: '测试员甲' })

/** Places as people may write them; each would be a formula, a break or a trap somewhere. */
const ADDRESSES = [
  '=1+1', '+86', '-5', '@SUM(A1)', '\tTAB', '＝1', '＋1', '－1', '＠x', '"引号", 逗号', '两\r\n行', '<b>&amp;</b>',
  '_x0041_', 'constructor', '南街1号', `很长${'长'.repeat(190)}`,
] // prettier-ignore

async function fill(db: Db): Promise<void> {
  await drawToy(db)
  const rows = JSON.stringify(ADDRESSES)
  await db.execute(sql`
    insert into events (category, status, source, occurred_at, reported_at, due_at, amber_at, closed_at, address,
      description, geom, grid_id, rule, placement)
    select '01-10', case when n % 5 = 0 then 'closed' else 'reported' end, 'public', ${NOW.toISOString()}::timestamptz - n * interval '1 hour',
      ${NOW.toISOString()}::timestamptz - n / 2 * interval '1 hour', ${NOW.toISOString()}::timestamptz + (n % 7 - 3) * interval '1 hour',
      ${NOW.toISOString()}::timestamptz + (n % 7 - 4) * interval '1 hour',
      case when n % 5 = 0 then ${NOW.toISOString()}::timestamptz end,
      ${rows}::jsonb ->> (n % ${ADDRESSES.length}::int), '某人写的话', st_setsrid(st_makepoint(119.9 + n % 20 * 0.001, 32.445), 4326),
      case when n % 6 = 0 then null else 1 + n % 4 end, case when n % 6 = 0 then 'outside' else 'inside' end, '{}'
    from generate_series(1, 2500) as n`)
}

const apps: FastifyInstance[] = []
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()))
})

onBothDatabases('exports', (database) => {
  beforeAll(() => fill(database().db))

  async function apiFor(actor: Actor | null): Promise<FastifyInstance> {
    const { db } = database()
    const app = await httpServer({
      db,
      gate: gateFor(actor),
      version: 'test',
      clock: () => NOW,
      logLevel: 'silent',
    })
    eventRoutes(app)
    exportRoutes(app)
    apps.push(app)
    return app
  }

  async function rowsOf(app: FastifyInstance, query: string): Promise<{ count: number; rows: string[][] }> {
    const reply = await app.inject(`/api/events/export?${query}`)
    expect(reply.statusCode).toBe(200)
    const rows = query.includes('format=xlsx')
      ? (await readSheet(reply.rawPayload, { trim: false })).map((row) => row.map(String))
      : (parse(reply.body, { bom: true }) as string[][])
    return { count: Number(reply.headers['x-row-count']), rows: rows.slice(1) }
  }

  test.each([
    ['everything', commander, ''],
    ['open', commander, 'state=open'],
    ['red ones of one grid', commander, 'light=red&grid=2'],
    ['border desk', commander, 'grid=0&state=open'],
    ['a text', commander, 'text=%E5%8D%97%E8%A1%97'],
    ['nothing', commander, 'text=nowhere'],
    ['a worker: own grids', actorWith('grid-worker', gridsOf(3), { account: 2 }), ''],
    ['a worker: a foreign grid', actorWith('grid-worker', gridsOf(3), { account: 2 }), 'grid=1'],
  ] as const)('as many rows as the list counts: %s', async (_name, actor, filter) => {
    const app = await apiFor(actor)
    const { total } = (await app.inject(`/api/events?${filter}&limit=1`)).json<{ total: number }>()
    for (const format of ['csv', 'xlsx']) {
      const { count, rows } = await rowsOf(app, `${filter}&format=${format}`)
      expect([count, rows.length]).toEqual([total, total])
    }
  })

  test('CSV and XLSX say the same; no cell is a formula, and every address is as it was written', async () => {
    const app = await apiFor(commander)
    const csv = await rowsOf(app, 'format=csv&state=open')
    const xlsx = await rowsOf(app, 'format=xlsx&state=open')
    expect(xlsx.rows.map(([number]) => number)).toEqual(csv.rows.map(([number]) => number))
    expect(csv.rows.flat().filter((cell) => /^[=+@\t\r＝＋－＠]|^-\D/.test(cell))).toEqual([])
    const ADDRESS = 10
    const written = new Set(csv.rows.map((row) => row[ADDRESS]?.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '')))
    expect(written).toEqual(new Set(ADDRESSES))
    const inSheet = new Set(xlsx.rows.map((row) => row[ADDRESS]?.replace('_x005F_', '_')))
    expect(inSheet).toEqual(new Set(ADDRESSES))
  })

  test('headings and words in both languages; times by the clock of China; nothing that a person wrote', async () => {
    const app = await apiFor(commander)
    const zh = await app.inject('/api/events/export?format=csv')
    const en = await app.inject('/api/events/export?format=csv&language=en')
    expect(zh.body.slice(0, 20)).toMatch(/^\ufeff编号,类别代码,类别,状态/)
    expect(en.body.slice(0, 40)).toMatch(/^\ufeffNumber,Class code,Class,Status/)
    expect(zh.body).toContain('第1网格')
    expect(en.body).toContain('Grid 1')
    expect(zh.body).toContain('2026-03-06 09:00:00')
    expect(zh.body + en.body).not.toMatch(/某人写的话|测试员甲/)
    expect(zh.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(zh.headers['content-disposition']).toContain(
      "filename*=UTF-8''%E4%BA%8B%E4%BB%B6-20260306-1000.csv",
    )
  })

  test('that it was made is a step, with its filter and count, without the text that was looked for', async () => {
    const app = await apiFor(commander)
    const { count } = await rowsOf(app, 'format=csv&state=open&text=%E5%8D%97%E8%A1%97')
    const { rows } = await database().db.execute<{
      actor: string
      role: string
      data: unknown
      audience: string[]
    }>(
      sql`select actor, role, data, audience from steps where step = 'export.made' order by xid desc, seq desc limit 1`,
    )
    expect(rows[0]).toEqual({
      actor: 'account/1',
      role: 'commander',
      data: { filter: { state: 'open', text: '…' }, format: 'csv', language: 'zh', count },
      audience: [],
    })
  })

  test.each([
    ['nobody', null, 401],
    ['a planner', actorWith('planner'), 403],
    ['an auditor', actorWith('auditor'), 403],
    ['a mediator', actorWith('mediator'), 403],
  ] as const)('%s exports nothing', async (_name, actor, status) => {
    const app = await apiFor(actor)
    const before = await database().db.execute(sql`select 1 from steps where step = 'export.made'`)
    expect((await app.inject('/api/events/export?format=csv')).statusCode).toBe(status)
    const after = await database().db.execute(sql`select 1 from steps where step = 'export.made'`)
    expect(after.rows.length).toBe(before.rows.length)
  })

  test('a trail that refuses the step lets no file out', async () => {
    const { db } = database()
    const app = await apiFor(commander)
    await db.execute(sql`alter table steps add constraint no_exports check (step <> 'export.made') not valid`)
    expect((await app.inject('/api/events/export?format=csv')).statusCode).toBe(500)
    await db.execute(sql`alter table steps drop constraint no_exports`)
  })
})
