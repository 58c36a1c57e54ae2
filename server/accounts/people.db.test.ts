import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import { drawToy } from '../events/testing.ts'
import { readMe, type Account } from './contract.ts'
import { ask, enterAs, hire, officeOn } from './testing.ts'

const PASSWORD = 'a lamp by the river'
const OTHER = 'stones under the bridge'
const everywhere = { kind: 'subdistrict' }

onBothDatabases('people', (database) => {
  let app: Awaited<ReturnType<typeof officeOn>>
  let chief = ''
  const ids = new Map<string, number>()
  const idOf = (login: string) => ids.get(login) ?? 0

  const list = async (): Promise<Account[]> => (await ask(app, '/api/accounts', { cookie: chief })).json()
  const create = (body: object, cookie = chief) => ask(app, '/api/accounts', { cookie, body })
  const change = async (login: string, body: object, cookie = chief) => {
    const version = (await list()).find((account) => account.login === login)?.version ?? 1
    return ask(app, `/api/accounts/${idOf(login)}`, { cookie, body: { version, ...body } })
  }
  const status = async (cookie: string, path = readMe.path) => (await ask(app, path, { cookie })).statusCode

  test('a toy town with an administrator, a second one, and a desk', async () => {
    const { db } = database()
    await drawToy(db)
    ids.set(
      'chief',
      await hire(db, { login: 'chief', password: PASSWORD, duties: [{ role: 'administrator' }] }),
    )
    ids.set(
      'vice',
      await hire(db, { login: 'vice', password: PASSWORD, duties: [{ role: 'administrator' }] }),
    )
    ids.set('desk', await hire(db, { login: 'desk', password: PASSWORD, duties: [{ role: 'acceptor' }] }))
    app = await officeOn(database())
    chief = await enterAs(app, 'chief', PASSWORD)
  })

  test('a new account can sign in, with the duties it was given and the grids that they come to', async () => {
    const duties = [
      { role: 'grid-lead', bound: { kind: 'community', community: 'C1' } },
      { role: 'handler', bound: { kind: 'unit', unit: 'CG' } },
      { role: 'mediator', bound: { kind: 'grids', grids: [3] } },
    ]
    const reply = await create({ login: 'lead', name: '新人', password: OTHER, duties })
    expect(reply.statusCode).toBe(201)
    expect(reply.body).not.toMatch(/password|plain|argon/)
    const cookie = await enterAs(app, 'lead', OTHER)
    const me = await ask(app, readMe.path, { cookie })
    expect(me.json()).toMatchObject({
      name: '新人',
      duties: [
        { ...duties[0], grids: [1, 2] },
        { ...duties[1], grids: [] },
        { ...duties[2], grids: [3] },
      ],
    })
  })

  test.each([
    ['a login that is taken', { login: 'desk' }, 409, '/login'],
    ['a login of capitals', { login: 'Desk2' }, 400, '/login'],
    ['the login as password', { login: 'long-login-name', password: 'long-login-name' }, 400, '/password'],
    ['a common password', { password: 'Administrator2026' }, 400, '/password'],
    ['a short password', { password: 'short' }, 400, '/password'],
    ['a role that is none', { duties: [{ role: 'king', bound: everywhere }] }, 400, '/duties/0/role'],
    [
      'administrator and auditor',
      {
        duties: [
          { role: 'administrator', bound: everywhere },
          { role: 'auditor', bound: everywhere },
        ],
      },
      409,
      '/duties',
    ],
    ['a handler of everything', { duties: [{ role: 'handler', bound: everywhere }] }, 409, '/duties/0/bound'],
    [
      'a unit that is none',
      { duties: [{ role: 'handler', bound: { kind: 'unit', unit: 'XX' } }] },
      400,
      '/duties/0/bound',
    ],
    [
      'a grid that is none',
      { duties: [{ role: 'grid-worker', bound: { kind: 'grids', grids: [1, 9_007_199_254_740_991] } }] },
      400,
      '/duties/0/bound',
    ],
    ['more than an account has', { demo: true }, 400, '/demo'],
  ])('an account with %s is refused', async (_case, fields, code, field) => {
    const before = (await list()).length
    const reply = await create({ login: 'new', name: '新人', password: OTHER, duties: [], ...fields })
    expect(reply.json()).toMatchObject({ status: code, field })
    expect((await list()).length).toBe(before)
  })

  test('who is no administrator neither sees nor changes accounts, nor themselves by way of their own requests', async () => {
    const desk = await enterAs(app, 'desk', PASSWORD)
    const duties = [{ role: 'administrator', bound: everywhere }]
    const tries = [
      ask(app, '/api/accounts', { cookie: desk }),
      create({ login: 'mine', name: 'x', password: OTHER, duties }, desk),
      ask(app, `/api/accounts/${idOf('desk')}`, { cookie: desk, body: { version: 1, duties } }),
      ask(app, `/api/accounts/${idOf('chief')}`, { cookie: desk, body: { version: 1, active: false } }),
    ]
    for (const reply of await Promise.all(tries)) expect(reply.statusCode).toBe(403)
    const sneaky = await ask(app, '/api/session', { body: { login: 'desk', password: PASSWORD, duties } })
    expect(sneaky.statusCode).toBe(400)
    expect((await ask(app, readMe.path, { cookie: desk })).json()).toMatchObject({
      duties: [{ role: 'acceptor' }],
    })
  })

  test.each([
    ['own duties', 'chief', { duties: [{ role: 'director', bound: everywhere }] }],
    ['own end', 'chief', { active: false }],
    ['own password', 'chief', { password: OTHER }],
  ])('an administrator does not change %s', async (_case, login, body) => {
    expect((await change(login, body)).statusCode).toBe(409)
  })

  test('rights are gone at the next request, wherever it is signed in', async () => {
    const vice = await enterAs(app, 'vice', PASSWORD)
    expect(await status(vice, '/api/accounts')).toBe(200)
    const reply = await change('vice', { duties: [{ role: 'director', bound: everywhere }] })
    expect(reply.statusCode).toBe(200)
    expect([await status(vice, '/api/accounts'), await status(vice)]).toEqual([403, 200])
  })

  test('a disabled account and one with a new password are out at the next request', async () => {
    const vice = await enterAs(app, 'vice', PASSWORD)
    expect((await change('vice', { active: false })).json()).toMatchObject({ active: false, sessions: 0 })
    expect([await status(vice), await enterAs(app, 'vice', PASSWORD)]).toEqual([401, ''])
    await change('vice', { active: true })
    expect(await status(vice)).toBe(401)
    const again = await enterAs(app, 'vice', PASSWORD)
    await change('vice', { password: OTHER })
    expect(await status(again)).toBe(401)
    expect(await enterAs(app, 'vice', OTHER)).not.toBe('')
  })

  test('of two administrators who take each other’s rights at once, one is left', async () => {
    await change('vice', { duties: [{ role: 'administrator', bound: everywhere }] })
    const vice = await enterAs(app, 'vice', OTHER)
    const versions = new Map((await list()).map(({ login, version }) => [login, version]))
    const take = (login: string, cookie: string) =>
      ask(app, `/api/accounts/${idOf(login)}`, {
        cookie,
        body: { version: versions.get(login), duties: [] },
      })
    const statuses = (await Promise.all([take('vice', chief), take('chief', vice)])).map((r) => r.statusCode)
    const left = await database().db.execute(sql`select from duties where role = 'administrator'`)
    expect(left.rows).toHaveLength(1)
    expect(statuses.filter((code) => code === 200)).toHaveLength(1)
    await database().db.execute(sql`
      delete from duties where role = 'administrator'`)
    await database().db.execute(sql`
      insert into duties (account_id, role) values (${idOf('chief')}, 'administrator')`)
  })

  test('a change of what somebody else has changed meanwhile is refused', async () => {
    app = await officeOn(database())
    const version = (await list()).find(({ login }) => login === 'desk')?.version ?? 0
    const rename = (name: string) =>
      ask(app, `/api/accounts/${idOf('desk')}`, { cookie: chief, body: { version, name } })
    expect((await rename('甲')).json()).toMatchObject({ name: '甲', version: version + 1 })
    expect((await rename('乙')).statusCode).toBe(409)
    expect((await ask(app, '/api/accounts/999999', { cookie: chief, body: { version: 1 } })).statusCode).toBe(
      404,
    )
  })

  test('every change is in the trail with who did it, and without names and passwords', async () => {
    const { db } = database()
    const found = await db.execute<{ step: string; actor: string; role: string | null; text: string }>(
      sql`select step, actor, role, data::text as text from steps where step like 'account.%' order by seq`,
    )
    expect(found.rows.length).toBeGreaterThan(5)
    for (const { actor, role, text } of found.rows) {
      expect(actor).toMatch(/^account\/\d+$/)
      expect(role).toBe('administrator')
      expect(text).not.toMatch(/新人|river|bridge|甲/)
    }
  })
})
