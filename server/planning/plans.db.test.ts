import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '../../db/testing.ts'
import { NOW, post } from '../events/testing.ts'
import { as, PEOPLE, ROLE_GATE, stand, wholeApp } from '../testing.ts'
import type { PlanOp, ScenarioMove } from './contract.ts'
import { switchDue } from './actions/switch.ts'
import { atomAt, planToy } from './testing.ts'

const MINUTE = 60_000
const after = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE)

onBothDatabases('plans of boundaries', (database) => {
  let app: FastifyInstance
  let clock = NOW

  beforeAll(async () => {
    await planToy(database().db)
    await database().db.execute(sql`
      update accounts set worker_id = (select w.id from workers w join grids g on g.id = w.grid_id where g.code = 'G1')
      where id = ${PEOPLE['grid-worker'].account}`)
    app = await wholeApp(database(), ROLE_GATE, () => clock)
  })
  afterAll(() => app.close())

  const query = async <T extends Record<string, unknown>>(text: ReturnType<typeof sql>) =>
    (await database().db.execute<T>(text)).rows
  const idOf = async (code: string) =>
    (await query<{ id: number }>(sql`select id from grids where code = ${code}`))[0]?.id ?? 0

  const fork = async (name: string, ops: readonly PlanOp[], from: object = { kind: 'plan', id: 1 }) => {
    const answer = await post(app, '/api/scenarios', { name, from, ops }, as('planner'))
    expect(answer.statusCode, answer.body).toBe(201)
    return answer.json<{ id: number; version: number }>()
  }
  const move = async (
    who: 'planner' | 'director',
    move: ScenarioMove,
    { id, version }: { readonly id: number; readonly version: number },
    more: object = {},
  ) => {
    const answer = await post(app, `/api/scenarios/${id}/moves`, { move, version, ...more }, as(who))
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<{ id: number; version: number; status: string; effectiveAt: string | null }>()
  }
  const stepsSince = async (seq: number) =>
    await query<{ step: string; subject: string; audience: string[]; data: Record<string, unknown> }>(
      sql`select step, subject, audience, data from steps where seq > ${seq} order by xid, seq`,
    )
  const lastSeq = async () =>
    (await query<{ seq: number }>(sql`select coalesce(max(seq), 0)::int as seq from steps`))[0]?.seq ?? 0

  test('a split and a shifted border come into force at their minute, and open work follows the ground', async () => {
    const { db } = database()
    const [g1, g2, g3] = [await idOf('G1'), await idOf('G2'), await idOf('G3')]
    // G1 keeps its west; its north-east, where the event lies, becomes a grid of its own; G3 gives a corner to G4.
    const draft = await fork('城东调整', [
      { kind: 'make', atoms: [atomAt(1, 1)], name: '新苑网格', nameEn: 'New' },
      { kind: 'edit', grid: g1, worker: null },
      { kind: 'edit', grid: -1, worker: 1 },
      { kind: 'edit', grid: g2, name: '第二改名网格' },
    ])
    const moved = await stand(db, 'handling', 'own')
    const asked = await stand(db, 'reported', 'own')
    const far = await stand(db, 'handling', 'foreign')
    const submitted = await move('planner', 'submit', draft, { text: '户数不均' })
    const from = after(10)
    const before = await query(sql`select id, grid_id, valid from boundaries order by id`)
    const approved = await move('director', 'approve', submitted, { effectiveAt: from.toISOString() })
    expect(approved).toMatchObject({ status: 'approved', effectiveAt: from.toISOString() })

    const fresh = await idOf('C1001')
    expect(fresh).toBeGreaterThan(0)
    expect(g3).toBeGreaterThan(0)
    expect(before.length).toBeGreaterThan(3)
    // Until its minute nothing has changed for anybody.
    const now = await app.inject({ url: '/api/grids', headers: as('commander') })
    expect(now.json().features.map((f: { properties: { code: string } }) => f.properties.code)).toEqual([
      'G1',
      'G2',
      'G3',
      'G4',
    ])
    expect(await switchDue(db, after(9))).toBe(false)

    const seq = await lastSeq()
    clock = from
    expect(await switchDue(db, clock)).toBe(true)
    expect(await switchDue(db, clock)).toBe(false)
    const rows = await query(
      sql`select id, grid_id, keeper_id, asks from events where id = any(${sql.param([moved, asked, far])}::int[]) order by id`,
    )
    expect(rows).toEqual([
      { id: moved, grid_id: g1, keeper_id: fresh, asks: ['extend'] },
      { id: asked, grid_id: g1, keeper_id: fresh, asks: ['handover'] },
      { id: far, grid_id: 4, keeper_id: null, asks: ['extend'] },
    ])
    const steps = await stepsSince(seq)
    expect(steps.map(({ step, subject }) => `${step} ${subject}`)).toEqual([
      `event.kept event/${moved}`,
      `event.kept event/${asked}`,
      `scenario.effective scenario/${draft.id}`,
      'plan.switched plan/2',
    ])
    expect(steps[0]?.audience).toEqual(expect.arrayContaining([`grid/${g1}`, `grid/${fresh}`, 'unit/CG']))
    expect(steps.at(-1)?.audience).toEqual(['ground'])
    const [worker] = await query(sql`select grid_id from workers where id = 1`)
    expect(worker).toEqual({ grid_id: fresh })
    const duties = await query(
      sql`select grids from duties where account_id = ${PEOPLE['grid-worker'].account} and role = 'grid-worker'`,
    )
    expect(duties).toEqual([{ grids: [fresh] }])
    expect(await query(sql`select name from grids where id = ${g2}`)).toEqual([{ name: '第二改名网格' }])
    const [home] = await query(sql`select grid_id from buildings`)
    expect(home).toEqual({ grid_id: fresh })
  })
})
