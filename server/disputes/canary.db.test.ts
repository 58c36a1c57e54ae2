import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import readExcel from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedWhereEmpty } from '#db/seed'
import { onBothDatabases } from '#db/testing'
import { disputesOf } from '../../geodata/demo/disputes.ts'
import { readDemo } from '../../geodata/demo/read.ts'
import { openGate } from '../accounts/actions/gate.ts'
import { QUICK_HASHER, signInAs } from '../accounts/testing.ts'
import { buildApp } from '../app.ts'
import { DEMO_RULES } from '../events/actions/demo.ts'
import type { Endpoint } from '../http/contract.ts'
import { openHub } from '../trail/hub.ts'
import { fileRules } from './actions/seeding.ts'
import { CIPHER, dumped } from './testing.ts'

const NOW = new Date('2026-11-23T16:30:00+08:00')
const DISPUTES = disputesOf(readDemo(), NOW.getTime())
const PARTIES = DISPUTES.flatMap(({ parties }) => parties)
const CANARIES = new Set(PARTIES.flatMap(({ name, phone }) => [name, phone ?? name]))

/** Names and telephones of the demo's disputes in a text. */
function leaksIn(text: string): string[] {
  const candidates = text.match(/.某\d{4}[甲乙丙]|100\d{8}/g) ?? []
  return candidates.filter((found) => CANARIES.has(found))
}

/** Somebody of every role without the right. */
const OTHERS = [
  null,
  'commander',
  'acceptor1',
  'dispatcher',
  'evaluator',
  'planner',
  'administrator',
  'auditor',
  'liaison-cg',
  'handler-cg',
  'lead-01',
  'w001',
] as const
/** Who sees what is decided by the same code on both; here it is a matter of what the answers are made of. */
const OTHERS_ON = { postgres: OTHERS, embedded: [null, 'commander', 'lead-01'] } as const
const ENTITLED = ['director', 'shift-lead', 'mediator1', 'mediator2'] as const

/** What is asked of a party by who looks for one. */
const QUERIES: Readonly<Record<string, string>> = {
  text: PARTIES[0]?.name ?? '',
  q: PARTIES[0]?.name ?? '',
  format: 'csv',
  bbox: '119.8,32.3,120.1,32.6',
  position: '119.93,32.455',
  step: 'dispute',
  limit: '200',
}

/** Addresses of an endpoint: as bare as it may be, and with everything that it may be asked. */
function addressesOf({ path, shape }: Endpoint): string[] {
  const { properties = {}, required = [] } = (shape.query ?? {}) as {
    properties?: object
    required?: string[]
  }
  const given = (names: readonly string[]) =>
    new URLSearchParams(names.map((name) => [name, QUERIES[name] ?? '1'])).toString()
  const known = Object.keys(properties).filter((name) => name in QUERIES || required.includes(name))
  const at = (id: string) => path.replaceAll(/:\w+/g, id)
  const bare = required.length > 0 ? `${at('1')}?${given(required)}` : at('1')
  const full = `${at('300')}?${given(known)}`
  return 'format' in properties ? [bare, full, full.replace('format=csv', 'format=xlsx')] : [bare, full]
}

/** What a person would read in an answer. */
async function readable(bytes: Buffer, type: string): Promise<string> {
  if (!type.includes('spreadsheet')) return bytes.toString('utf8')
  return JSON.stringify(await readExcel(bytes))
}

onBothDatabases('the canaries of 688 disputes', (database, kind) => {
  let app: FastifyInstance
  let url = ''
  let seeded = 0
  const logged: string[] = []
  const cookies = new Map<string, { readonly cookie: string }>()
  const headersOf = (login: string | null) => (login === null ? {} : (cookies.get(login) ?? {}))

  beforeAll(async () => {
    const { db } = database()
    await seedWhereEmpty(db, { ...DEMO_RULES, now: NOW })
    await db.execute(sql`truncate disputes cascade`)
    const { seedDisputes } = await import('#db/seed-disputes')
    const before = process.cpuUsage()
    await db.transaction((tx) => seedDisputes(tx, DISPUTES, { now: NOW, files: fileRules(CIPHER) }))
    seeded = process.cpuUsage(before).user / 1000
    const clock = () => NOW
    const gate = openGate(database(), { clock, demo: true, secure: false })
    const hub = await openHub(db, { now: clock, pollMs: 50, onError: (error) => logged.push(String(error)) })
    app = await buildApp({
      accounts: { gate, hasher: QUICK_HASHER, demo: true, secure: false },
      cipher: CIPHER,
      database: database(),
      migrated: { at: 1, applied: [] },
      hub,
      mapApproval: null,
      filesDir: join(tmpdir(), 'wangge-test-files'),
      clock,
      logLevel: 'info',
      logTo: { write: (line) => void logged.push(line) },
    })
    app.addHook('onClose', async () => {
      await hub.close()
      gate.close()
    })
    url = await app.listen({ port: 0 })
    for (const login of [...OTHERS, ...ENTITLED]) {
      if (login !== null) cookies.set(login, await signInAs(app, login))
    }
  })
  afterAll(() => app.close())

  test('are there, unlike each other, and sealing them all costs this process less than a second', async () => {
    expect(DISPUTES).toHaveLength(688)
    expect(CANARIES.size).toBeGreaterThan(2600)
    const { rows } = await database().db.execute(sql`select count(*)::int as n from dispute_parties`)
    expect(rows).toEqual([{ n: PARTIES.length }])
    expect(seeded).toBeLessThan(1000)
  })

  test.each(OTHERS_ON[kind])('%s finds none in any answer', { timeout: 120_000 }, async (login) => {
    const gets = app.shared.endpoints.filter(({ method, path }) => method === 'GET' && path !== '/api/live')
    expect(gets.length).toBeGreaterThan(20)
    for (const endpoint of gets) {
      for (const address of addressesOf(endpoint)) {
        const reply = await app.inject({ url: encodeURI(decodeURI(address)), headers: headersOf(login) })
        const type = String(reply.headers['content-type'])
        const text = await readable(reply.rawPayload, type)
        expect(leaksIn(text.replaceAll(QUERIES['text'] ?? '', '')), address).toEqual([])
        expect(leaksIn(JSON.stringify(reply.headers)), address).toEqual([])
        if (endpoint.policy.startsWith('disputes'))
          expect(reply.statusCode, address).toBe(login === null ? 401 : 403)
      }
    }
  })

  test.each(ENTITLED)('%s sees them masked', async (login) => {
    const headers = headersOf(login)
    const list = await app.inject({ url: '/api/disputes?limit=200&sort=newest', headers })
    expect(list.json<{ items: unknown[] }>().items.length).toBeGreaterThan(0)
    expect(leaksIn(list.body)).toEqual([])
    let read = 0
    for (let id = 1; id <= 688; id += 7) {
      const { statusCode, body } = await app.inject({ url: `/api/disputes/${id}`, headers })
      expect([200, 404]).toContain(statusCode)
      if (statusCode === 200) read++
      expect(leaksIn(body), String(id)).toEqual([])
    }
    expect(read).toBeGreaterThan(login === 'mediator2' ? 0 : 90)
  })

  test('a reveal tells one, leaves one line in the audit, and the feed of nobody hears of it', async () => {
    const aborted = new AbortController()
    const heard = await Promise.all(
      [...cookies].map(async ([login, headers]) => {
        const live = await fetch(`${url}/api/live`, { headers, signal: aborted.signal })
        return { login, body: live.body }
      }),
    )
    const texts = new Map<string, string>()
    const ended = heard.map(async ({ login, body }) => {
      try {
        for await (const chunk of body ?? [])
          texts.set(login, (texts.get(login) ?? '') + Buffer.from(chunk).toString('utf8'))
      } catch {
        // Cut off below.
      }
    })
    const headers = headersOf('shift-lead')
    const post = (path: string, payload: object) =>
      app.inject({ method: 'POST', url: path, payload, headers })
    const [first] = DISPUTES[99]?.parties ?? []
    const asked = { n: 1, field: 'name', reason: `通知 ${first?.name} 到场` }
    const reveal = await post('/api/disputes/100/reveal', asked)
    expect(reveal.json()).toEqual({ value: first?.name })
    const { rows } = await database().db.execute<{ data: object }>(
      sql`select data from steps where step = 'dispute.revealed'`,
    )
    expect(rows).toEqual([
      { data: { n: 1, field: 'name', reason: `通知 ${first?.name.slice(0, 1)}** 到场` } },
    ])
    // What comes after it has been heard: then it would have been.
    const report = { position: [119.93, 32.455], category: '01-10' }
    expect((await post('/api/events', report)).statusCode).toBe(201)
    await expect.poll(() => texts.get('director'), { timeout: 10_000 }).toContain('event.reported')
    aborted.abort()
    await Promise.all(ended)
    for (const [login, text] of texts) {
      expect(leaksIn(text), login).toEqual([])
      expect(text, login).not.toContain('dispute')
    }
  })

  test('errors and the log of the server name none', async () => {
    const headers = headersOf('director')
    const [party] = PARTIES
    const broken = [
      { class: '02', gridId: 1, summary: party?.name, parties: [{ ...party, part: 'nobody' }] },
      {
        class: '02',
        gridId: 1,
        summary: party?.phone,
        parties: [{ part: 'other', name: party?.name, phone: 'x' }],
      },
      { class: '02', gridId: 999_999, summary: party?.name, parties: [{ part: 'other', name: party?.name }] },
    ]
    for (const payload of broken) {
      const reply = await app.inject({ method: 'POST', url: '/api/disputes', payload, headers })
      expect(reply.statusCode).toBe(400)
      expect(leaksIn(reply.body)).toEqual([])
    }
    // A failure inside, in the middle of a registration.
    const { db } = database()
    await db.execute(sql`alter table dispute_risks rename to dispute_risks_away`)
    const payload = {
      class: '02',
      gridId: 1,
      summary: party?.name,
      parties: [{ part: 'other', name: party?.name }],
    }
    const failed = await app.inject({ method: 'POST', url: '/api/disputes', payload, headers })
    await db.execute(sql`alter table dispute_risks_away rename to dispute_risks`)
    expect(failed.statusCode).toBe(500)
    expect(leaksIn(failed.body)).toEqual([])
    expect(logged.join('').length).toBeGreaterThan(100)
    expect(leaksIn(logged.join('\n'))).toEqual([])
  })

  test('a dump of the database, and the files that hold it, show none', async () => {
    expect(await dumped(database().db, '(.某[0-9]{4}[甲乙丙])')).toEqual([])
    const numbers = await dumped(database().db, '(100[0-9]{8})')
    expect(numbers.filter((line) => CANARIES.has(line.slice(-11)))).toEqual([])
    const { dataDir, url: server } = database().address
    if (server !== undefined || dataDir === undefined) return
    await database().db.execute(sql`checkpoint`)
    const name = /\xe6\x9f\x90\d{4}\xe7\x94\xb2|\xe6\x9f\x90\d{4}\xe4\xb9\x99|\xe6\x9f\x90\d{4}\xe4\xb8\x99/
    for (const file of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const bytes = await readFile(join(file.parentPath, file.name))
      expect(name.test(bytes.toString('latin1')), file.name).toBe(false)
    }
  })
})
