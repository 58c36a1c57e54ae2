import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '#db/open'
import { onBothDatabases } from '#db/testing'
import { ROLES, type Actor } from '../accounts/contract.ts'
import { actorWith } from '../accounts/testing.ts'
import { behindWall } from '../http/store.ts'
import { everything, PEOPLE, peopleToy, wholeApp } from '../testing.ts'
import { mediatorOf, moved, registered } from './testing.ts'

const TABLES = [
  ['disputes', 'id'],
  ['dispute_parties', 'dispute_id'],
  ['dispute_sessions', 'dispute_id'],
  ['dispute_documents', 'dispute_id'],
  ['dispute_revisits', 'dispute_id'],
  ['dispute_risks', 'dispute_id'],
] as const

/** Raw SQL under the role of requests: the rules of the server are not asked. */
onBothDatabases('the second wall before dispute files', (database) => {
  let app: FastifyInstance
  /** Files by their place: grid 1, grid 4, guarded in grid 1, in grid 4 with `named` as mediator. */
  const ids = { near: 0, far: 0, guarded: 0, named: 0 }
  const people: Record<string, Actor> = {}

  const inside = <T>(actor: Actor, work: (tx: Db) => Promise<T>) => behindWall(database().db, actor, work)
  const seen = async (actor: Actor, table: string, column: string) => {
    const found = await inside(actor, (tx) =>
      tx.execute<{ id: number }>(
        sql`select distinct ${sql.identifier(column)} as id from ${sql.identifier(table)} order by 1`,
      ),
    )
    return found.rows.map(({ id }) => id)
  }

  beforeAll(async () => {
    const { db } = database()
    await peopleToy(db)
    app = await wholeApp(database(), await everything(db))
    await db.execute(sql`update dispute_classes set enabled = true`)
    people['named'] = actorWith('mediator', undefined, { account: await mediatorOf(db, 'named', [2]) })
    people['idle'] = actorWith('director', undefined, { account: await mediatorOf(db, 'idle', null) })
    await db.execute(sql`update accounts set active = false where id = ${people['idle'].account}`)
    people['nobody'] = actorWith('director', undefined, { account: null })
    const make = async (change: object) => {
      const { id } = await registered(app, { signs: ['police'], ...change })
      const done = [
        await moved(app, 'director', id, { move: 'assign', mediatorId: people['named']?.account ?? 0 }),
        await moved(app, 'director', id, { move: 'session', session: 'agreed', note: '陈某0001甲 同意' }),
        await moved(app, 'director', id, { move: 'document', document: 'notice' }),
        await moved(app, 'director', id, { move: 'agree', agreement: 'written' }),
      ]
      for (const { statusCode, body } of done) expect(statusCode, body).toBe(200)
      await db.execute(sql`update disputes set mediator_id = null where id = ${id}`)
      return id
    }
    ids.near = await make({})
    ids.far = await make({ gridId: 4 })
    ids.guarded = await make({ class: '15', subclass: '99' })
    const named = await make({ gridId: 4 })
    await db.execute(sql`update disputes set mediator_id = ${people['named'].account} where id = ${named}`)
    ids.named = named
  })
  afterAll(() => app.close())

  const expectedOf = (who: string): number[] => {
    const { near, far, guarded, named } = ids
    if (who === 'director') return [near, far, guarded, named]
    if (who === 'shift-lead') return [near, far, named]
    if (who === 'mediator') return [near]
    return who === 'named' ? [named] : []
  }

  test.each([...ROLES, 'named', 'idle', 'nobody'])('%s reads nothing that is not theirs', async (who) => {
    const actor = people[who] ?? PEOPLE[who as keyof typeof PEOPLE]
    for (const [table, column] of TABLES)
      expect(await seen(actor, table, column), table).toEqual(expectedOf(who))
  })

  test.each([...ROLES, 'named', 'idle', 'nobody'])('%s changes nothing that is not theirs', async (who) => {
    const actor = people[who] ?? PEOPLE[who as keyof typeof PEOPLE]
    const touched = await inside(actor, (tx) => tx.execute(sql`update disputes set version = version`))
    expect(touched.rowCount).toBe(expectedOf(who).length)
    const [strange] = [ids.near, ids.far, ids.guarded].filter((id) => !expectedOf(who).includes(id))
    if (strange === undefined) return
    const planted: unknown = await inside(actor, (tx) =>
      tx.execute(sql`
        insert into dispute_documents (dispute_id, n, kind, day) values (${strange}, 9, 'notice', '2026-03-06')`),
    ).catch((error: unknown) => (error as Error).cause)
    expect(planted).toMatchObject({ code: '42501' })
  })

  test.each([
    'delete from disputes',
    'delete from dispute_parties',
    "update dispute_parties set name_masked = 'x'",
    'update dispute_sessions set note = null',
    'update dispute_risks set reason = null',
    'truncate disputes',
    'alter table disputes disable row level security',
    'drop policy disputes_sight on disputes',
    'delete from dispute_counts',
    "update dispute_subclasses set name_zh = 'x'",
  ])('not even the director may: %s', async (text) => {
    const refused: unknown = await inside(PEOPLE.director, (tx) => tx.execute(sql.raw(text))).catch(
      (error: unknown) => (error as Error).cause,
    )
    expect(refused).toMatchObject({ code: '42501' })
  })

  test('a file cannot be moved out of one’s own sight, nor a class switched by others than the director', async () => {
    const moving: unknown = await inside(PEOPLE.mediator, (tx) =>
      tx.execute(sql`update disputes set grid_id = 4 where id = ${ids.near}`),
    ).catch((error: unknown) => (error as Error).cause)
    expect(moving).toMatchObject({ code: '42501' })
    const switched = await inside(PEOPLE['shift-lead'], (tx) =>
      tx.execute(sql`update dispute_classes set enabled = false`),
    )
    expect(switched.rowCount).toBe(0)
  })

  test('the grids of a duty are those for which it acts', async () => {
    for (const actor of [...Object.values(PEOPLE), ...Object.values(people)]) {
      const { rows } = await inside(actor, (tx) =>
        tx.execute<{ asked: number[]; told: number[] }>(sql`
          select array(select id from grids where acts_in('{director,mediator,grid-lead}', id) order by 1) as asked,
            array(select unnest(acting_grids('{director,mediator,grid-lead}')) order by 1) as told`),
      )
      expect(rows[0]?.told).toEqual(rows[0]?.asked)
    }
  })

  test('how many there are, everybody may know', async () => {
    const { rows } = await inside(PEOPLE.planner, (tx) =>
      tx.execute(sql`select grid_id, count(*)::int as n from dispute_counts group by 1 order by 1`),
    )
    expect(rows).toEqual([
      { grid_id: 1, n: 2 },
      { grid_id: 4, n: 2 },
    ])
  })
})
