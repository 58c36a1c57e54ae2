import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import { drawToy } from '../events/testing.ts'
import { openHasher, turns, type Hasher } from './actions/passwords.ts'
import { changeAccount, signIn, type Account } from './contract.ts'
import { ask, enterAs, hire, officeOn, QUICK_HASHER } from './testing.ts'

const MINUTE = 60_000
const START = Date.parse('2026-03-06T08:00:00+08:00')
const PASSWORD = 'a lamp by the river'

const GUESSES = { postgres: 10_000, embedded: 2_000 } as const

onBothDatabases('guessing', (database, kind) => {
  let now = START
  let hashed = 0
  let app: Awaited<ReturnType<typeof officeOn>>
  const counting: Hasher = {
    ...QUICK_HASHER,
    matches: (password, known) => {
      hashed++
      return QUICK_HASHER.matches(password, known)
    },
  }
  const guess = async (login: string, from = '198.51.100.1', password = 'a guess of somebody') =>
    (await ask(app, signIn.path, { body: { login, password }, from })).statusCode
  const begin = async () => {
    await database().db.execute(sql`delete from failures`)
    now += 60 * MINUTE
    hashed = 0
  }

  test('a toy town with twenty desks', async () => {
    const { db } = database()
    await drawToy(db)
    for (let n = 0; n < 20; n++) {
      await hire(db, { login: `desk${n}`, password: PASSWORD, duties: [{ role: 'acceptor' }] })
    }
    await hire(db, { login: 'chief', password: PASSWORD, duties: [{ role: 'administrator' }] })
    await hire(db, { login: 'gone', password: PASSWORD, duties: [{ role: 'acceptor' }] })
    await db.execute(sql`update accounts set active = false where login = 'gone'`)
    app = await officeOn(database(), { clock: () => new Date(now), hasher: counting })
  })

  test(`of ${GUESSES[kind]} guesses from one address at most 60 are hashed, and the others find their accounts open`, async () => {
    await begin()
    const started = now
    const answers = new Map<number, number>()
    for (let batch = 0; batch < GUESSES[kind] / 100; batch++) {
      const statuses = await Promise.all(Array.from({ length: 100 }, (_, i) => guess(`desk${i % 20}`)))
      for (const status of statuses) answers.set(status, (answers.get(status) ?? 0) + 1)
      now += 15_000
    }
    expect(now - started).toBeLessThan(30 * MINUTE)
    expect(hashed).toBeLessThanOrEqual(60)
    expect(new Set(answers.keys())).toEqual(new Set([401, 429]))
    const open: string[] = []
    for (let n = 0; n < 20; n++) {
      if ((await enterAs(app, `desk${n}`, PASSWORD, { from: '192.0.2.8' })) !== '') open.push(`desk${n}`)
    }
    expect(open.length).toBeGreaterThanOrEqual(8)
  })

  test('however many at the same instant, an account is tried five times', async () => {
    await begin()
    const many = Array.from({ length: 200 }, (_, i) => guess('desk1', `198.51.100.${i}`))
    const statuses = await Promise.all(many)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(hashed).toBe(5)
  })

  test('five failures lock an account for half an hour, even for who knows the password', async () => {
    await begin()
    for (let n = 0; n < 5; n++) expect(await guess('desk2', `198.51.100.${n}`)).toBe(401)
    expect(await guess('desk2', '192.0.2.1', PASSWORD)).toBe(429)
    now += 30 * MINUTE - 1
    expect(await guess('desk2', '192.0.2.1', PASSWORD)).toBe(429)
    now += 1
    expect(await guess('desk2', '192.0.2.1', PASSWORD)).toBe(200)
  })

  test('who remembers in time starts anew', async () => {
    await begin()
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 4; n++) expect(await guess('desk3')).toBe(401)
      expect(await guess('desk3', '192.0.2.1', PASSWORD)).toBe(200)
      now += MINUTE
    }
  })

  test('a whole shift signs in at once from one address, and nobody is taken for an attacker', async () => {
    await begin()
    const shift = await officeOn(database(), {
      clock: () => new Date(now),
      hasher: { ...QUICK_HASHER, inTurn: turns(2, 100) },
    })
    const cookies = await Promise.all(
      Array.from({ length: 80 }, (_, n) => enterAs(shift, `desk${n % 20}`, PASSWORD)),
    )
    expect(new Set(cookies).size).toBe(80)
    expect(cookies).not.toContain('')
    await shift.close()
  })

  test('an administrator sees the lock and takes it away', async () => {
    await begin()
    for (let n = 0; n < 5; n++) await guess('desk4', `198.51.100.${n}`)
    const cookie = await enterAs(app, 'chief', PASSWORD, { from: '192.0.2.1' })
    const all: Account[] = (await ask(app, '/api/accounts', { cookie })).json()
    const locked = all.filter(({ lockedUntil }) => lockedUntil !== null)
    expect(locked).toMatchObject([{ login: 'desk4', lockedUntil: new Date(now + 30 * MINUTE).toISOString() }])
    const { id, version } = locked[0] ?? { id: 0, version: 0 }
    const path = changeAccount.path.replace(':id', String(id))
    expect((await ask(app, path, { cookie, body: { version, unlock: true } })).json()).toMatchObject({
      lockedUntil: null,
    })
    expect(await guess('desk4', '192.0.2.1', PASSWORD)).toBe(200)
  })

  test('unknown, disabled and known logins are answered alike, in words, in hashes and in locks', async () => {
    await begin()
    const answers: unknown[] = []
    for (const login of ['desk5', 'nobody', 'gone']) {
      const before = hashed
      const attempts = []
      for (let n = 0; n < 6; n++) {
        const { statusCode, body } = await ask(app, signIn.path, {
          body: { login, password: 'a guess of somebody' },
          from: `198.51.100.${n}`,
        })
        attempts.push({ statusCode, body })
      }
      answers.push({ attempts, hashed: hashed - before })
    }
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  test('a disabled account is refused with its own password', async () => {
    await begin()
    expect(await guess('gone', '192.0.2.1', PASSWORD)).toBe(401)
  })

  test('what was typed for a login is kept as a digest only', async () => {
    await begin()
    await guess('my secret by mistake')
    const { db } = database()
    const kept = await db.execute(sql`select login from failures union all select data::text from steps`)
    expect(JSON.stringify(kept.rows)).not.toContain('by mistake')
  })

  test('no password and no token is in the trail or among the kept answers', async () => {
    const { db } = database()
    const kept = await db.execute(sql`select data::text from steps union all select reply from idempotency`)
    expect(JSON.stringify(kept.rows)).not.toMatch(/river|plain/)
  })
})

test('argon2id as decided, and a miss takes as long as a match', async () => {
  const hasher = await openHasher()
  const known = await hasher.hash(PASSWORD)
  expect(known).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await hasher.matches(PASSWORD, known)).toBe(true)
  expect(await hasher.matches('another', known)).toBe(false)
  expect(await hasher.matches(PASSWORD, null)).toBe(false)
  const work = async (hash: string | null) => {
    const from = process.cpuUsage()
    await hasher.matches('a guess', hash)
    const { user, system } = process.cpuUsage(from)
    return user + system
  }
  // In processor time, in turns, and the best of each: other work on the machine changes none of them.
  const [present, absent]: [number[], number[]] = [[], []]
  for (let n = 0; n < 15; n++) {
    present.push(await work(known))
    absent.push(await work(null))
  }
  const ratio = Math.min(...absent) / Math.min(...present)
  expect(ratio).toBeGreaterThan(0.7)
  expect(ratio).toBeLessThan(1.4)
})
