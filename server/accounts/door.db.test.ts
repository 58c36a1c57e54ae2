import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { seedAccounts } from '#db/seed-accounts'
import { onBothDatabases } from '#db/testing'
import { drawToy } from '../events/testing.ts'
import { offerFirstRun } from './actions/first.ts'
import { readDoor, readMe, ROLES, signInDemo, startUp, type Me } from './contract.ts'
import { ask, enterAs, officeOn, signInAs } from './testing.ts'

const PASSWORD = 'a lamp by the river'

onBothDatabases('the door', (database) => {
  const begin = (app: Awaited<ReturnType<typeof officeOn>>, body: object) =>
    ask(app, startUp.path, { body: { login: 'first', name: '首任', password: PASSWORD, ...body } })
  const door = async (app: Awaited<ReturnType<typeof officeOn>>) => (await ask(app, readDoor.path)).json()

  test('an installation without people has no password, only the token that it printed last', async () => {
    const { db } = database()
    const app = await officeOn(database())
    expect(await door(app)).toEqual({ firstRun: true, demo: [] })
    const before = await offerFirstRun(db, { demo: false })
    const token = await offerFirstRun(db, { demo: false })
    const kept = await db.execute<{ token: Buffer }>(sql`select token from first_run`)
    expect(kept.rows).toHaveLength(1)
    expect(kept.rows[0]?.token.toString('base64url')).not.toBe(token)

    expect((await begin(app, { token: before })).statusCode).toBe(401)
    expect((await begin(app, { token: 'A'.repeat(43) })).statusCode).toBe(401)
    expect((await begin(app, { token, password: 'administrator' })).json()).toMatchObject({
      field: '/password',
    })
    const made = await begin(app, { token })
    expect(made.json()).toMatchObject({ login: 'first', duties: [{ role: 'administrator' }] })
    expect((await begin(app, { token, login: 'second' })).statusCode).toBe(401)

    expect(await offerFirstRun(db, { demo: false })).toBeNull()
    expect(await door(app)).toEqual({ firstRun: false, demo: [] })
    const cookie = await enterAs(app, 'first', PASSWORD)
    expect((await ask(app, '/api/accounts', { cookie })).statusCode).toBe(200)
    await app.close()
  })

  test('of many who hold the token one is made administrator', async () => {
    const { db } = database()
    await db.execute(sql`delete from accounts`)
    const app = await officeOn(database())
    const token = await offerFirstRun(db, { demo: false })
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, n) => begin(app, { token, login: `first${n}` })),
    )
    expect(all.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    const made = await db.execute(sql`select from accounts`)
    expect(made.rows).toHaveLength(1)
    await app.close()
  })

  test('a place that is no demo is given no invented people', async () => {
    const { db } = database()
    await db.execute(sql`delete from accounts`)
    expect(await seedAccounts(db, new Date())).toBe(false)
    await drawToy(db)
    await db.execute(sql`update subdistricts set demo = false`)
    expect(await seedAccounts(db, new Date())).toBe(false)
    await db.execute(sql`update subdistricts set demo = true`)
  })

  test('a demo is given them once', async () => {
    const { db } = database()
    expect(await seedAccounts(db, new Date())).toBe(true)
    expect(await seedAccounts(db, new Date())).toBe(false)
    const found = await db.execute<{ role: string; n: number }>(
      sql`select role, count(*)::int as n from duties group by role order by role collate "C"`,
    )
    expect(Object.fromEntries(found.rows.map(({ role, n }) => [role, n]))).toEqual({
      ...Object.fromEntries(ROLES.map((role) => [role, 1])),
      acceptor: 2,
      'grid-lead': 2, // communities of the toy
      'grid-worker': 4, // its grids that are in force
      handler: 2,
      mediator: 2,
      'unit-liaison': 24,
    })
    const named = await db.execute<{ same: boolean }>(sql`
      select a.name = w.name and d.grids = array[w.grid_id] as same
      from accounts a join workers w on w.id = a.worker_id join duties d on d.account_id = a.id`)
    expect(named.rows).toEqual([{ same: true }, { same: true }, { same: true }, { same: true }])
    const twice = await db.execute(sql`select name from accounts group by name having count(*) > 1`)
    expect(twice.rows).toEqual([])
    const passwords = await db.execute(sql`select from accounts where password is not null`)
    expect(passwords.rows).toEqual([])
  })

  test('a demo has one button for each role, and each lets in with that role', async () => {
    const app = await officeOn(database(), { demo: true })
    const { firstRun, demo } = await door(app)
    expect(firstRun).toBe(false)
    expect(demo.map(({ role }: { role: string }) => role).toSorted()).toEqual([...ROLES].toSorted())
    for (const { login, role } of demo) {
      const { cookie } = await signInAs(app, login)
      const me: Me = (await ask(app, readMe.path, { cookie })).json()
      expect(me.duties.map((duty) => duty.role)).toEqual([role])
    }
    await app.close()
  })

  test('without the demo there are no buttons, none can be pressed, and who came in by one is out', async () => {
    const [on, off] = [
      await officeOn(database(), { demo: true }),
      await officeOn(database(), { demo: false }),
    ]
    const { cookie } = await signInAs(on, 'director')
    expect((await ask(on, readMe.path, { cookie })).statusCode).toBe(200)
    expect((await ask(off, readMe.path, { cookie })).statusCode).toBe(401)
    expect(await door(off)).toEqual({ firstRun: true, demo: [] })
    expect((await ask(off, signInDemo.path, { body: { login: 'director' } })).statusCode).toBe(401)
    for (const password of ['', ' ', 'director', 'null', 'demo']) {
      expect(await enterAs(off, 'director', password)).toBe('')
    }
    expect(await offerFirstRun(database().db, { demo: true })).toBeNull()
    expect(await offerFirstRun(database().db, { demo: false })).not.toBeNull()
    await Promise.all([on.close(), off.close()])
  })

  test('no button is there for a true account, nor in a place that is no longer a demo', async () => {
    const { db } = database()
    const app = await officeOn(database(), { demo: true })
    const press = async (login: string) => (await ask(app, signInDemo.path, { body: { login } })).statusCode
    await db.execute(sql`insert into accounts (login, name, created_at) values ('true', '真', now())`)
    expect(await press('true')).toBe(401)
    await db.execute(sql`update accounts set active = false where login = 'planner'`)
    expect(await press('planner')).toBe(401)
    await db.execute(sql`update subdistricts set demo = false`)
    expect([await press('director'), (await door(app)).demo]).toEqual([401, []])
    await app.close()
  })
})
