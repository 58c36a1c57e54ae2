import { sql, type SQL } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#db/open'
import { onBothDatabases } from '../../db/testing.ts'
import { NOW } from '../events/testing.ts'
import { PEOPLE, ROLE_GATE, stand, wholeApp } from '../testing.ts'
import { openSwitch, switchDue } from './actions/switch.ts'
import { partitionFaults } from './store/approval.ts'
import { atomAt, officeOf, planToy } from './testing.ts'

const MINUTE = 60_000
const after = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE)
const AT = (minutes: number) => ({ effectiveAt: after(minutes).toISOString() })
const WORKER = PEOPLE['grid-worker'].account
const [G1, G2, G3, G4] = [1, 2, 3, 4] as const
const HERE = [119.905, 32.445]

onBothDatabases('plans of boundaries', (database) => {
  let app: FastifyInstance
  let clock = NOW
  const office = officeOf(() => app)

  beforeAll(async () => {
    const { db } = database()
    await planToy(db)
    await db.execute(sql`update accounts set worker_id = 1 where id = ${WORKER}`)
    await db.execute(sql`
      insert into duties (account_id, role, grids) values (${PEOPLE.commander.account}, 'grid-lead', array[${G4}::int])`)
    await db.execute(sql`
      insert into disputes (class, grid_id, registered_at, due_at) values
        ('01', ${G4}, ${NOW.toISOString()}::timestamptz, ${NOW.toISOString()}::timestamptz + interval '30 days')`)
    app = await wholeApp(database(), ROLE_GATE, () => clock)
  })
  afterAll(() => app.close())

  const query = async (text: SQL) => (await database().db.execute(text)).rows
  const events = (ids: readonly number[]) =>
    query(sql`select id, grid_id, keeper_id, asked_grid, asks from events
      where id = any(${sql.param(ids)}::int[]) order by id`)
  const boundaries = () => query(sql`select id, grid_id, valid::text from boundaries order by id`)
  const codes = async () =>
    (await office.get('commander', '/api/grids')).features.map(
      (f: { properties: { code: string } }) => f.properties.code,
    )
  const report = async (occurredAt: Date) =>
    (
      await office.send('commander', '/api/events', {
        category: 'G9',
        position: HERE,
        occurredAt: occurredAt.toISOString(),
      })
    ).body
  const stepsSince = (seq: number) =>
    query(sql`select step, subject, audience, data from steps where seq > ${seq} order by xid, seq`)
  const lastSeq = async () => Number((await query(sql`select max(seq)::int as seq from steps`))[0]?.['seq'])
  const submitted = async (name: string, plan: number, ops: Parameters<typeof office.fork>[2]) =>
    office.move('planner', 'submit', await office.fork(name, { kind: 'plan', id: plan }, ops), {
      text: '户数不均',
    })

  test('what was withdrawn before its instant was never there, but for its codes', async () => {
    const before = await boundaries()
    const first = await submitted('一稿', 1, [
      { kind: 'make', atoms: [atomAt(1, 1)], name: '甲', nameEn: 'A' },
    ])
    expect(first).toMatchObject({
      status: 'submitted',
      impact: { grids: 5, gridsChanged: 2, householdsMoved: 40 },
    })
    const rival = await submitted('二稿', 1, [{ kind: 'paint', atoms: [atomAt(2, 0)], grid: G1 }])
    const approved = await office.move('director', 'approve', first, AT(20))
    expect(await boundaries()).not.toEqual(before)
    // The other draft was begun from a plan that is no longer the last.
    expect((await office.refused('director', 'approve', rival, AT(30))).body.detail).toContain(
      '“一稿”已被批准',
    )
    const back = await office.move('director', 'withdraw', approved, { text: '再议' })
    expect(back).toMatchObject({ status: 'submitted', effectiveAt: null, reason: '再议' })
    expect(await boundaries()).toEqual(before)
    expect((await office.get('planner', '/api/plans')).plans.map((plan: { id: number }) => plan.id)).toEqual([
      1,
    ])

    const again = await office.move('director', 'approve', back, AT(20))
    expect(await query(sql`select code from grids where code like 'C1%' order by code`)).toEqual([
      { code: 'C1001' },
      { code: 'C1002' },
    ])
    await office.move('director', 'withdraw', again)
    await office.move(
      'director',
      'return',
      { id: first.id, version: again.version + 1 },
      { text: '不再需要' },
    )
  })

  test('a new grid comes into force at its minute, and open work follows the ground', async () => {
    const { db } = database()
    const [moved, asked, far] = [
      await stand(db, 'handling', 'own'),
      await stand(db, 'reported', 'own'),
      await stand(db, 'handling', 'foreign'),
    ]
    const draft = await submitted('城东调整', 1, [
      { kind: 'make', atoms: [atomAt(1, 1)], name: '新苑网格', nameEn: 'New' },
      { kind: 'edit', grid: G1, worker: null },
      { kind: 'edit', grid: -1, worker: 1 },
      { kind: 'edit', grid: G2, name: '第二改名网格' },
      { kind: 'station', grid: -1, at: [1_199_060_000, 324_460_000] },
    ])
    const before = await boundaries()
    const from = after(10)
    const approved = await office.move('director', 'approve', draft, AT(10))
    expect(approved).toMatchObject({ status: 'approved', ...AT(10), decidedBy: '测试员1' })
    // Rows of grids that do not change are the same ones.
    const kept = (await boundaries()).filter(({ valid }) => String(valid).endsWith(',)'))
    expect(
      before.filter((row) => kept.some((other) => other['id'] === row['id'])).map((row) => row['grid_id']),
    ).toEqual([G2, G3, G4])
    expect(await codes()).toEqual(['G1', 'G2', 'G3', 'G4'])
    clock = after(9)
    expect(await switchDue(db, clock)).toBe(false)
    const minuteBefore = await report(clock)
    expect(minuteBefore).toMatchObject({ gridId: G1, keeperId: null })

    clock = from
    // Before anybody has done anything the map, intake and placement have switched.
    expect(await codes()).toEqual(['C1003', 'G1', 'G2', 'G3', 'G4'])
    const [{ id: fresh } = { id: 0 }] = await query(sql`select id from grids where code = 'C1003'`)
    expect(await report(clock)).toMatchObject({ gridId: fresh, keeperId: null })
    expect(await report(after(-5))).toMatchObject({ gridId: G1, keeperId: fresh })

    const seq = await lastSeq()
    // The server was off for an hour; two processes find the plan at once.
    clock = after(70)
    const second = await openDatabase(database().address).catch(() => null)
    const done = await Promise.all([db, second?.db ?? db].map((each) => switchDue(each, clock)))
    await second?.close()
    expect(done.filter(Boolean)).toEqual([true])
    expect(await switchDue(db, clock)).toBe(false)
    expect(await events([moved, asked, far, minuteBefore.id])).toEqual([
      { id: moved, grid_id: G1, keeper_id: fresh, asked_grid: null, asks: ['extend'] },
      { id: asked, grid_id: G1, keeper_id: fresh, asked_grid: null, asks: ['handover'] },
      { id: far, grid_id: G4, keeper_id: null, asked_grid: null, asks: ['extend'] },
      { id: minuteBefore.id, grid_id: G1, keeper_id: fresh, asked_grid: null, asks: [] },
    ])
    const steps = await stepsSince(seq)
    expect(steps.map(({ step, subject }) => `${String(step)} ${String(subject)}`)).toEqual([
      ...[moved, asked, minuteBefore.id].map((id) => `event.kept event/${id}`),
      `scenario.effective scenario/${draft.id}`,
      'plan.switched plan/4',
    ])
    expect(steps[0]).toMatchObject({
      audience: expect.arrayContaining(['events', `grid/${G1}`, `grid/${String(fresh)}`, 'unit/CG']),
      data: { gridId: G1, keeperId: fresh, from: G1, version: 2 },
    })
    expect(steps.at(-1)?.['audience']).toEqual(['ground'])
    expect(await query(sql`select grid_id from workers where id = 1`)).toEqual([{ grid_id: fresh }])
    expect(await query(sql`select grids from duties where account_id = ${WORKER}`)).toEqual([
      { grids: [fresh] },
    ])
    expect(await query(sql`select name from grids where id = ${G2}`)).toEqual([{ name: '第二改名网格' }])
    expect(await query(sql`select grid_id from buildings`)).toEqual([{ grid_id: fresh }])
    expect(await query(sql`select grid_id from stations`)).toEqual([{ grid_id: fresh }])
    // Whose duty is for G1 has nothing to do with it any more.
    const seen = await office.get('grid-worker', `/api/events/${moved}`)
    expect(seen.type).toBe('urn:wangge:not-found')
    const features = (await office.get('commander', '/api/grids')).features
    const open = new Map(
      features.map((f: { properties: { code: string; open: number } }) => [
        f.properties.code,
        f.properties.open,
      ]),
    )
    expect([open.get('G1'), open.get('C1003')]).toEqual([0, 5])
    const listed = await office.get('commander', `/api/events?state=open&grid=${String(fresh)}`)
    expect(listed.total).toBe(5)
    // By the borders of their day they were G1's.
    const counted = await office.get('planner', `/api/planning/backcast?kind=plan&id=4`)
    const row = counted.rows.find(({ grid }: { grid: number }) => grid === fresh)
    expect([row.code, row.had, row.drawn]).toEqual(['C1003', 1, 5])
    expect(
      (await office.refused('director', 'withdraw', { ...approved, version: approved.version + 1 })).status,
    ).toBe(409)
  })

  test('a grid that ends leaves its work, files and duties to its heir; its worker waits', async () => {
    const { db } = database()
    const far = Number(
      (await query(sql`select max(id) as id from events where grid_id = ${G4} and closed_at is null`))[0]?.[
        'id'
      ],
    )
    const waiting = await stand(db, 'reported', 'own')
    await db.execute(sql`update events set grid_id = ${G3}, geom = st_setsrid(st_makepoint(119.905, 32.455), 4326),
      asked_grid = ${G4} where id = ${waiting}`)
    await db.execute(sql`update requests set grid_id = ${G4} where event_id = ${waiting}`)
    const draft = await submitted('并格', 4, [{ kind: 'merge', grid: G4, into: G3 }])
    // Not before the plan that is the last one began, nor in the past.
    expect((await office.refused('director', 'approve', draft, AT(10))).body.field).toBe('/effectiveAt')
    await office.move('director', 'approve', draft, AT(80))
    clock = after(80)
    expect(await switchDue(db, clock)).toBe(true)
    expect(await events([far, waiting])).toEqual([
      { id: far, grid_id: G4, keeper_id: G3, asked_grid: null, asks: ['extend'] },
      // Asked was G4, whose ground G3 has now: the hand-over has nothing left to hand over.
      { id: waiting, grid_id: G3, keeper_id: null, asked_grid: null, asks: [] },
    ])
    expect(await query(sql`select stage from requests where event_id = ${waiting}`)).toEqual([
      { stage: 'refused' },
    ])
    expect(await query(sql`select grid_id, version from disputes`)).toEqual([{ grid_id: G3, version: 2 }])
    expect(await query(sql`select grid_id from workers where name = '测试员G4'`)).toEqual([{ grid_id: null }])
    expect(
      await query(
        sql`select grids from duties where account_id = ${PEOPLE.commander.account} and grids is not null`,
      ),
    ).toEqual([{ grids: [G3] }])
    expect(
      await query(sql`select old_id, new_id, share from successions order by plan_id desc limit 1`),
    ).toEqual([{ old_id: expect.any(Number), new_id: G3, share: 1 }])
    expect(await codes()).toEqual(['C1003', 'G1', 'G2', 'G3'])
  })

  test('a process that comes back after the instant catches up by itself, with all plans in their order', async () => {
    const one = await submitted('三稿', 5, [{ kind: 'make', atoms: [atomAt(2, 2)], name: '乙', nameEn: 'B' }])
    await office.move('director', 'approve', one, AT(90))
    const plan = (await office.get('planner', '/api/plans')).plans[0]
    const two = await submitted('四稿', plan.id, [{ kind: 'paint', atoms: [atomAt(1, 0)], grid: G2 }])
    const approved = await office.move('director', 'approve', two, AT(100))
    expect(
      (await office.refused('director', 'withdraw', { ...one, version: one.version + 1 })).body.detail,
    ).toContain('四稿')
    expect(approved.status).toBe('approved')
    const told: unknown[] = []
    const beat = openSwitch(database().db, {
      now: () => after(24 * 60),
      onError: (error) => told.push(error),
      committed: () => told.push('committed'),
    })
    await beat.run()
    await beat.close()
    expect(told).toEqual(['committed', 'committed'])
    expect(
      await query(sql`select name from plans where switched_at is null or isempty(valid) order by id`),
    ).toEqual([{ name: '一稿' }, { name: '一稿' }])
  })

  test('on every day exactly one plan is in force, and its grids tile the ground', async () => {
    const days = await query(sql`
      select count(*)::int as days, (min(n))::int as least, (max(n))::int as most from (
        select day, (select count(*) from plans where valid @> day) as n
        from generate_series('2020-01-01T00:00:00Z'::timestamptz, ${after(0).toISOString()}::timestamptz + interval '400 days',
          interval '1 day') day) d`)
    expect(days).toEqual([{ days: expect.any(Number), least: 1, most: 1 }])
    for (const minutes of [0, 10, 79, 80, 90, 100, 100_000])
      expect(await partitionFaults(database().db, after(minutes), 0), String(minutes)).toEqual([])
    await expect(
      database().db.execute(sql`
        insert into plans (fabric_id, name, valid) select fabric_id, 'x', '[2021-01-01,2021-01-02)' from plans limit 1`),
    ).rejects.toThrow()
  })

  test.each<[string, SQL, string]>([
    [
      'a strip between two grids',
      sql`update boundaries set geom = st_multi(st_buffer(geom, -1e-7)) where upper_inf(valid) and grid_id = 2`,
      'outline',
    ],
    [
      'ground that two have',
      sql`update boundaries set geom = st_translate(geom, -0.001, 0) where upper_inf(valid) and grid_id = 2`,
      'areas',
    ],
    ['a grid without ground', sql`delete from boundaries where upper_inf(valid) and grid_id = 2`, 'outline'],
  ])('the gate finds %s', async (_what, harm, fault) => {
    await database()
      .db.transaction(async (tx) => {
        await tx.execute(harm)
        const faults = await partitionFaults(tx, after(100), 0)
        expect(faults.join('; ')).toMatch(new RegExp(fault))
        throw new Error('taken back')
      })
      .catch((error: Error) => expect(error.message).toBe('taken back'))
  })
})
