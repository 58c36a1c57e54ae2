import { parse } from 'csv-parse/sync'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { readSheet } from 'read-excel-file/node'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { onBothDatabases } from '#db/testing'
import type { Actor } from '../accounts/contract.ts'
import { actorWith, gateFor } from '../accounts/testing.ts'
import { httpServer } from '../http/server.ts'
import { seal } from '../seals/actions.ts'
import { append, type NewStep } from '../trail/store.ts'
import type { AuditLine } from './contract.ts'
import { auditRoutes } from './routes.ts'

const NOW = new Date('2026-03-06T10:00:00+08:00')
const HOUR = 3_600_000
const auditor = actorWith('auditor', undefined, { account: 2, name: '审计员甲' })

const at = (hours: number) => new Date(NOW.getTime() - hours * HOUR)
const line = (
  step: string,
  subject: string,
  account: number,
  hours: number,
  more: Partial<NewStep> = {},
): NewStep => ({
  step,
  subject,
  actor: `account/${account}`,
  at: at(hours),
  data: {},
  ...more,
})

const LINES: readonly NewStep[] = [
  line('event.reported', 'event/1', 1, 9, {
    role: 'grid-worker',
    data: { address: '南街1号', description: '家里的事' },
  }),
  line('event.filed', 'event/1', 1, 8, { role: 'acceptor', data: { reason: '符合立案条件' } }),
  line('event.filed', 'event/2', 1, 7, { role: 'acceptor' }),
  line('event.returned', 'event/1', 3, 6, { role: 'handler', data: { reason: '=不归我们' } }),
  line('dispute.revealed', 'dispute/5', 1, 5, {
    role: 'mediator',
    data: { reason: '联系王某某', phone: '13800000000' },
  }),
  line('account.changed', 'account/3', 4, 4, { role: 'administrator' }),
  { ...line('sweep.done', 'sweep', 0, 3), actor: 'sweep' },
]

const apps: FastifyInstance[] = []
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()))
})

onBothDatabases('audit', (database) => {
  beforeAll(async () => {
    const { db } = database()
    await db.execute(sql`
      insert into accounts (login, name, created_at)
      select 'person-' || n, (array['甲一', '审计员甲', '丙三', '丁四'])[n], now() from generate_series(1, 4) as n`)
    for (const step of LINES) await append(db, [step])
  })

  async function apiFor(actor: Actor | null, clock = () => NOW): Promise<FastifyInstance> {
    const app = await httpServer({
      db: database().db,
      gate: gateFor(actor),
      version: 'test',
      clock,
      logLevel: 'silent',
    })
    auditRoutes(app)
    apps.push(app)
    return app
  }

  const list = async (app: FastifyInstance, query: string) => {
    const reply = await app.inject(`/api/audit?${query}`)
    expect(reply.statusCode).toBe(200)
    return reply.json<{ items: AuditLine[]; total: number; nextCursor: string | null }>()
  }

  test('newest first: who, as whom, what, to what and why; of a dispute only that there is a reason', async () => {
    const app = await apiFor(auditor)
    const { items, total } = await list(app, 'to=2026-03-06T09:00:00%2B08:00')
    expect(total).toBe(LINES.length)
    expect(items.map(({ step }) => step)).toEqual(LINES.map(({ step }) => step).toReversed())
    expect(items.at(-2)).toMatchObject({
      actor: 'account/1',
      name: '甲一',
      role: 'acceptor',
      subject: 'event/1',
      reason: '符合立案条件',
      hasReason: true,
    })
    expect(items[2]).toMatchObject({ step: 'dispute.revealed', reason: null, hasReason: true })
    expect(items[0]).toMatchObject({ actor: 'sweep', name: null, role: null, reason: null, hasReason: false })
    expect(JSON.stringify(items)).not.toMatch(/王某某|13800000000|家里的事/)
  })

  test.each([
    ['account=1', 4],
    ['account=3', 1],
    ['step=event.', 4],
    ['step=event.filed', 2],
    ['step=dispute', 1],
    ['subject=event/1', 3],
    ['role=acceptor', 2],
    ['role=acceptor&subject=event/2', 1],
    [`from=${encodeURIComponent(at(6.5).toISOString())}&to=${encodeURIComponent(at(4.5).toISOString())}`, 2],
    ['account=99', 0],
  ])('filter %s: %d lines, counted and shown', async (query, count) => {
    const app = await apiFor(auditor)
    const { items, total } = await list(
      app,
      `to=2026-03-06T09:00:00%2B08:00&${query}`.replace(/to=.*(?=from=)/, ''),
    )
    expect([items.length, total]).toEqual([count, count])
  })

  test('pages follow each other without a gap', async () => {
    const app = await apiFor(auditor)
    const whole = await list(app, 'step=event.')
    const ids: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Awaited<ReturnType<typeof list>> = await list(
        app,
        `step=event.&limit=3${cursor && `&cursor=${cursor}`}`,
      )
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(ids).toEqual(whole.items.map(({ id }) => id))
    expect((await list(app, 'cursor=99999999999999999999-9999999999999999999')).items.length).toBeGreaterThan(
      0,
    )
  })

  test('reading is a line of the trail, one a minute and person; an export is one each', async () => {
    const { db } = database()
    let now = new Date(NOW.getTime() + HOUR)
    const app = await apiFor(actorWith('auditor', undefined, { account: 4 }), () => now)
    const noted = async (step: string) => {
      const found = await db.execute(sql`select 1 from steps where step = ${step} and actor = 'account/4'`)
      return found.rows.length
    }
    for (let i = 0; i < 3; i++) await list(app, 'step=event.')
    expect(await noted('audit.read')).toBe(1)
    now = new Date(now.getTime() + 61_000)
    await list(app, '')
    expect(await noted('audit.read')).toBe(2)
    await app.inject('/api/audit/export?format=csv')
    await app.inject('/api/audit/export?format=csv')
    expect(await noted('audit.exported')).toBe(2)
  })

  test('the file has as many rows as it says, formula-safe, in both languages', async () => {
    const app = await apiFor(auditor)
    const csv = await app.inject('/api/audit/export?format=csv&step=event.')
    const rows: string[][] = parse(csv.body, { bom: true })
    expect(rows[0]?.slice(0, 4)).toEqual(['时间', '人员', '账号', '岗位'])
    expect(rows.length - 1).toBe(4)
    expect(csv.headers['x-row-count']).toBe('4')
    expect(rows[1]).toEqual(expect.arrayContaining(['丙三', '处置人员', 'event.returned', "'=不归我们"]))
    const xlsx = await app.inject('/api/audit/export?format=xlsx&language=en&step=dispute')
    const sheet = await readSheet(xlsx.rawPayload)
    expect(sheet.length).toBe(2)
    expect(sheet[1]).toEqual(expect.arrayContaining(['Mediator', '(given, not shown)']))
  })

  test('the head of the chain, and a look at all of it', async () => {
    const { db } = database()
    const app = await apiFor(auditor)
    await vi.waitFor(
      async () => {
        await seal(db, NOW)
        expect((await app.inject('/api/audit/head')).json()).toMatchObject({ unsealed: 0 })
      },
      { timeout: 40_000 },
    )
    const head = (await app.inject('/api/audit/head')).json<{ seals: number; head: string }>()
    expect(head).toMatchObject({
      verified: null,
      sealedAt: NOW.toISOString(),
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const looked = await app.inject({ method: 'POST', url: '/api/audit/verify' })
    expect(looked.json()).toMatchObject({ seals: head.seals, head: head.head, faults: [] })
    expect((await app.inject('/api/audit/head')).json()).toMatchObject({
      verified: { at: NOW.toISOString(), ok: true, seals: head.seals },
      unsealed: 1,
    })
    expect((await app.inject({ method: 'POST', url: '/api/audit/verify' })).statusCode).toBe(429)
  })

  test.each(['director', 'administrator', 'shift-lead', 'mediator', 'planner'] as const)(
    '%s reads none of it',
    async (role) => {
      const app = await apiFor(actorWith(role))
      for (const path of ['', '/export?format=csv', '/head']) {
        expect((await app.inject(`/api/audit${path}`)).statusCode).toBe(403)
      }
      expect((await app.inject({ method: 'POST', url: '/api/audit/verify' })).statusCode).toBe(403)
    },
  )

  test.each(['step=Event', 'subject=a b', 'role=king', 'cursor=1', 'text=x', 'limit=501', 'from=today'])(
    '%s is refused',
    async (query) => {
      const app = await apiFor(auditor)
      expect((await app.inject(`/api/audit?${query}`)).statusCode).toBe(400)
    },
  )
})
