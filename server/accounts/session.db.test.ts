import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import { drawToy } from '../events/testing.ts'
import { readMe, signIn } from './contract.ts'
import { ask, enterAs, hire, officeOn, signInAs } from './testing.ts'
import { digestOf } from './actions/passwords.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.parse('2026-03-06T08:00:00+08:00')
const PASSWORD = 'a lamp by the river'

onBothDatabases('sessions', (database) => {
  let now = START
  const clock = () => new Date(now)
  let app: Awaited<ReturnType<typeof officeOn>>

  const status = async (cookie: string, path = readMe.path) => (await ask(app, path, { cookie })).statusCode
  const end = (cookie: string, body = {}) => ask(app, '/api/me/sessions/end', { cookie, body })

  test('a toy town with a desk and a worker', async () => {
    const { db } = database()
    await drawToy(db)
    await hire(db, { login: 'desk', password: PASSWORD, duties: [{ role: 'acceptor' }] })
    await hire(db, { login: 'worker', password: PASSWORD, duties: [{ role: 'grid-worker', grids: [1] }] })
    app = await officeOn(database(), { clock })
  })

  test('the token is 256 bits in a cookie that no script reads, and only its digest is kept', async () => {
    const reply = await ask(app, signIn.path, { body: { login: ' Desk ', password: PASSWORD } })
    expect(reply.statusCode).toBe(200)
    const header = String(reply.headers['set-cookie'])
    expect(header).toMatch(/^wangge=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(reply.json()).toMatchObject({
      login: 'desk',
      idleAt: new Date(now + 30 * MINUTE).toISOString(),
      until: new Date(now + 7 * DAY).toISOString(),
    })
    const token = header.slice(7, 50)
    const kept = await database().db.execute<{ text: string }>(
      sql`select encode(token, 'hex') as text from sessions`,
    )
    expect(kept.rows).toContainEqual({ text: digestOf(token) })
    const dump = await database().db.execute(sql`select data::text, subject from steps`)
    expect(JSON.stringify(dump.rows)).not.toContain(token)
  })

  test('each sign-in has a token of its own and ends the session that it was asked in', async () => {
    const first = await enterAs(app, 'desk', PASSWORD)
    const second = await enterAs(app, 'desk', PASSWORD, { cookie: first })
    expect(second).not.toBe(first)
    expect([await status(first), await status(second)]).toEqual([401, 200])
  })

  test('a token that was planted before the sign-in is worth nothing after it', async () => {
    const planted = `wangge=${'A'.repeat(43)}`
    const given = await enterAs(app, 'desk', PASSWORD, { cookie: planted })
    expect(given).not.toBe(planted)
    expect(await status(planted)).toBe(401)
  })

  test.each(['wangge=', 'wangge=short', 'wangge=%00', `wangge=${'x'.repeat(50)}`, `other=${'A'.repeat(43)}`])(
    '%s is nobody',
    async (cookie) => expect(await status(cookie)).toBe(401),
  )

  test('signed out is signed out: the copied token is refused, and the browser told to forget', async () => {
    const cookie = await enterAs(app, 'desk', PASSWORD)
    expect(await status(cookie)).toBe(200)
    const reply = await ask(app, '/api/session/end', { cookie, body: {} })
    expect(reply.headers).toMatchObject({
      'clear-site-data': '"cookies"',
      'set-cookie': 'wangge=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
    })
    for (const path of [readMe.path, '/api/units', '/api/me/sessions'])
      expect(await status(cookie, path)).toBe(401)
  })

  test.each([
    ['desk', 30 * MINUTE],
    ['worker', 12 * HOUR],
  ])(
    'the session of a %s ends after %i ms without use, and lasts seven days with it',
    async (login, idle) => {
      now = START
      const cookie = await enterAs(app, login, PASSWORD)
      while (now + idle - MINUTE < START + 7 * DAY) {
        now += idle - MINUTE
        expect(await status(cookie), new Date(now).toISOString()).toBe(200)
      }
      now = START + 7 * DAY
      expect(await status(cookie)).toBe(401)
      now = START
      const left = await enterAs(app, login, PASSWORD)
      now += idle
      expect(await status(left)).toBe(401)
      now = START
    },
  )

  test('looking who is there is no use of the session', async () => {
    const cookie = await enterAs(app, 'desk', PASSWORD)
    for (let minute = 0; minute < 29; minute++) {
      now += MINUTE
      expect(await app.shared.gate.identify({ cookie }, 'look')).not.toBeNull()
    }
    now += MINUTE
    expect(await app.shared.gate.identify({ cookie }, 'look')).toBeNull()
    now = START
  })

  test('use is written down at most once a minute', async () => {
    const { db } = database()
    const cookie = await enterAs(app, 'desk', PASSWORD)
    const seen = async () => {
      const digest = digestOf(cookie.slice(7))
      const found = await db.execute<{ ms: number }>(
        sql`select extract(epoch from seen_at) * 1000 as ms from sessions where token = decode(${digest}, 'hex')`,
      )
      return Number(found.rows[0]?.ms) - START
    }
    const written: number[] = []
    for (const at of [10_000, 59_999, 61_000, 100_000, 121_000]) {
      now = START + at
      await status(cookie)
      written.push(await seen())
    }
    expect(written).toEqual([0, 0, 61_000, 61_000, 121_000])
    now = START
  })

  test('one sees where one is signed in, and ends one session, or all others, but nobody else’s', async () => {
    const { db } = database()
    await db.execute(sql`update sessions set ended_at = now() where ended_at is null`)
    const [a, b, c] = [
      await enterAs(app, 'desk', PASSWORD, { headers: { 'user-agent': 'Phone' } }),
      await enterAs(app, 'desk', PASSWORD),
      await enterAs(app, 'desk', PASSWORD),
    ]
    const other = await enterAs(app, 'worker', PASSWORD)
    const mine: { id: number; current: boolean; agent: string }[] = (
      await ask(app, '/api/me/sessions', { cookie: c })
    ).json()
    expect(mine.map(({ current }) => current).filter(Boolean)).toHaveLength(1)
    expect(mine).toHaveLength(3)
    const phone = mine.find(({ agent }) => agent === 'Phone')?.id ?? 0
    const theirs: { id: number }[] = (await ask(app, '/api/me/sessions', { cookie: other })).json()
    expect((await end(c, { id: theirs[0]?.id })).statusCode).toBe(404)
    expect((await end(c, { id: phone })).json()).toEqual({ ended: 1 })
    expect([await status(a), await status(b), await status(c)]).toEqual([401, 200, 200])
    expect((await end(c)).json()).toEqual({ ended: 1 })
    expect([await status(b), await status(c), await status(other)]).toEqual([401, 200, 200])
  })

  test('a changed password ends the other sessions and needs the current one', async () => {
    const [a, b] = [await enterAs(app, 'worker', PASSWORD), await enterAs(app, 'worker', PASSWORD)]
    const change = (current: string, next: string) =>
      ask(app, '/api/me/password', { cookie: b, body: { current, next } })
    expect((await change('not this one', 'stones under the bridge')).statusCode).toBe(401)
    expect((await change(PASSWORD, 'password2026!')).json()).toMatchObject({ status: 400, field: '/next' })
    expect((await change(PASSWORD, 'stones under the bridge')).statusCode).toBe(200)
    expect([await status(a), await status(b)]).toEqual([401, 200])
    expect(await enterAs(app, 'worker', PASSWORD)).toBe('')
    expect(await enterAs(app, 'worker', 'stones under the bridge')).not.toBe('')
  })

  test('another process hears at once that a session has ended', async () => {
    if (database().kind === 'embedded') return
    const elsewhere = await officeOn(database(), { clock })
    const cookie = await enterAs(app, 'desk', PASSWORD)
    expect((await ask(elsewhere, readMe.path, { cookie })).statusCode).toBe(200)
    expect(await elsewhere.shared.gate.identify({ cookie })).not.toBeNull()
    await ask(app, '/api/session/end', { cookie, body: {} })
    await expect
      .poll(() => elsewhere.shared.gate.identify({ cookie }), { timeout: 900, interval: 20 })
      .toBeNull()
    await elsewhere.close()
  })

  test('over TLS the cookie has the name that nobody else can plant', async () => {
    const secure = await officeOn(database(), { clock, secure: true })
    const cookie = await enterAs(secure, 'desk', PASSWORD)
    expect(cookie).toMatch(/^__Host-wangge=/)
    expect((await ask(secure, readMe.path, { cookie })).statusCode).toBe(200)
    const plain = cookie.replace('__Host-', '')
    expect((await ask(secure, readMe.path, { cookie: plain })).statusCode).toBe(401)
    await secure.close()
  })

  test('only a proxy that is trusted says that TLS was spoken, and who called', async () => {
    const behind = await officeOn(database(), { clock, trustProxy: ['192.0.2.1'] })
    const said = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.9' }
    expect(await enterAs(behind, 'desk', PASSWORD, { headers: said, from: '192.0.2.1' })).toMatch(/^__Host-/)
    expect(await enterAs(behind, 'desk', PASSWORD, { headers: said, from: '192.0.2.2' })).toMatch(/^wangge=/)
    const found = await database().db.execute<{ address: string }>(
      sql`select address from sessions order by id desc limit 2`,
    )
    expect(found.rows.map(({ address }) => address)).toEqual(['192.0.2.2', '198.51.100.9'])
    await behind.close()
  })

  test('what happened to sessions is in the trail, with nobody to hear it', async () => {
    const found = await database().db.execute<{ step: string; keys: string; heard: boolean }>(sql`
      select distinct step, (select string_agg(key, ' ' order by key) from jsonb_object_keys(data) as key) as keys,
        audience <> '{}' as heard
      from steps where subject like 'account/%' order by step`)
    expect(found.rows).toEqual([
      { step: 'password.changed', keys: null, heard: false },
      { step: 'session.ended', keys: 'session why', heard: false },
      { step: 'session.failed', keys: 'login', heard: false },
      { step: 'session.started', keys: 'by session', heard: false },
    ])
  })

  test('somebody is signed in by a button only where this is a demo', async () => {
    await expect(signInAs(app, 'desk')).rejects.toThrow()
  })
})
