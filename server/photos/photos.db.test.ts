import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import type { Actor } from '../accounts/contract.ts'
import { actorWith, EVERYWHERE, gateFor, gridsOf, unitOf } from '../accounts/testing.ts'
import { drawToy, NOW } from '../events/testing.ts'
import { httpServer } from '../http/server.ts'
import { sweep } from './actions.ts'
import { filesIn } from './actions/files.ts'
import type { Photo } from './contract.ts'
import { photoRoutes } from './routes.ts'
import { exifOf } from './testing.ts'

const worker = actorWith('grid-worker', gridsOf(1), { account: 7 })
const commander = actorWith('commander', EVERYWHERE, { account: 1 })

const apps: FastifyInstance[] = []
let root: string
let jpeg: Buffer
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'wangge-photos-'))
  const exif = Buffer.from(exifOf({ takenAt: '2026:03:06 09:30:00', lng: 119.906, lat: 32.445, mark: true }))
  const plain = await sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#3a7' } })
    .jpeg()
    .toBuffer()
  // A segment of the camera's words, right after the start of the picture.
  const head = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 0xff])
  jpeg = Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)])
})
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()))
})
afterAll(() => rm(root, { recursive: true }))

onBothDatabases('photos', (database) => {
  let folder: string
  beforeAll(async () => {
    const { db } = database()
    await drawToy(db)
    await db.execute(sql`
      insert into accounts (login, name, created_at) select 'person-' || n, '人' || n, now() from generate_series(1, 9) as n`)
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(root, 'files-'))
  })

  async function apiFor(actor: Actor | null, clock = () => NOW): Promise<FastifyInstance> {
    const app = await httpServer({
      db: database().db,
      gate: gateFor(actor),
      version: 'test',
      clock,
      logLevel: 'silent',
    })
    photoRoutes(app, filesIn(folder))
    apps.push(app)
    return app
  }

  /** An event in grid 1, with unit CG at work, reported by account 7. */
  async function makeEvent(more: 'open' | 'closed' | 'on-the-spot' = 'open'): Promise<number> {
    const found = await database().db.execute<{ id: number }>(sql`
      insert into events (category, status, source, occurred_at, reported_at, due_at, amber_at, closed_at, geom, grid_id, rule,
        placement, units, reporter_id, on_the_spot)
      values ('01-10', ${more === 'open' ? 'handling' : 'closed'}, 'grid-worker', ${NOW.toISOString()}::timestamptz,
        ${NOW.toISOString()}::timestamptz, ${NOW.toISOString()}::timestamptz + interval '4 hours', ${NOW.toISOString()}::timestamptz,
        ${more === 'open' ? null : NOW.toISOString()}::timestamptz,
        st_setsrid(st_makepoint(119.905, 32.445), 4326), 1, 'inside', '{"rule": "inside", "candidates": []}',
        array['CG'], 7, ${more === 'on-the-spot'}) returning id`)
    return found.rows[0]?.id ?? 0
  }

  const send = (
    app: FastifyInstance,
    id: number,
    bytes: Buffer,
    more: { stage?: string; type?: string; key?: string } = {},
  ) =>
    app.inject({
      method: 'POST',
      url: `/api/events/${id}/photos?stage=${more.stage ?? 'report'}`,
      payload: bytes,
      headers: {
        'content-type': more.type ?? 'image/jpeg',
        ...(more.key && { 'idempotency-key': more.key }),
      },
    })

  const filesOf = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile())
  const count = async (id: number) => {
    const found = await database().db.execute(sql`select 1 from photos where event_id = ${id}`)
    return found.rows.length
  }

  test('a picture is added, kept small and without a place in it, and shown to those who see the event', async () => {
    const app = await apiFor(worker)
    const id = await makeEvent()
    const reply = await send(app, id, jpeg)
    expect(reply.statusCode).toBe(201)
    const photo = reply.json<Photo>()
    expect(photo).toMatchObject({
      stage: 'report',
      width: 1600,
      height: 800,
      takenAt: '2026-03-06T01:30:00Z',
    })
    expect(photo.takenAwayM).toBeGreaterThan(90)
    expect(photo.takenAwayM).toBeLessThan(98)
    for (const [path, width] of [
      ['', 1600],
      ['/thumb', 320],
    ] as const) {
      const shown = await app.inject(`/api/events/${id}/photos/${photo.id}${path}`)
      expect(shown.statusCode).toBe(200)
      expect(shown.headers).toMatchObject({
        'content-type': 'image/webp',
        'content-disposition': 'inline',
        'x-content-type-options': 'nosniff',
        etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
      })
      const metadata = await sharp(shown.rawPayload).metadata()
      expect([metadata.format, metadata.width, metadata.exif, metadata.xmp, metadata.iptc]).toEqual([
        'webp', width, undefined, undefined, undefined,
      ]) // prettier-ignore
      const again = await app.inject({
        url: `/api/events/${id}/photos/${photo.id}${path}`,
        headers: { 'if-none-match': String(shown.headers['etag']) },
      })
      expect([again.statusCode, again.body]).toEqual([304, ''])
    }
  })

  test('it is a step that the event is heard by, and the event keeps its version', async () => {
    const { db } = database()
    const id = await makeEvent()
    await send(await apiFor(worker), id, jpeg, { stage: 'before' })
    const { rows } = await db.execute<Record<string, unknown>>(
      sql`select actor, role, audience, data from steps where subject = ${`event/${id}`}`,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      actor: 'account/7',
      role: 'grid-worker',
      audience: ['events', 'grid/1', 'unit/CG', 'account/7'],
      data: { id, version: 1, status: 'handling', stage: 'before' },
    })
  })

  test.each([
    ['its worker', worker, 201],
    ['the commander', commander, 201],
    ['a handler of the unit', actorWith('handler', unitOf('CG'), { account: 2 }), 201],
    ['a handler of another unit', actorWith('handler', unitOf('HW'), { account: 2 }), 404],
    ['a worker of another grid', actorWith('grid-worker', gridsOf(2), { account: 2 }), 404],
    ['an evaluator', actorWith('evaluator', EVERYWHERE, { account: 2 }), 403],
    ['a planner', actorWith('planner', EVERYWHERE, { account: 2 }), 403],
    ['an auditor', actorWith('auditor', EVERYWHERE, { account: 2 }), 403],
    ['nobody', null, 401],
  ] as const)('who may add: %s', async (_name, actor, status) => {
    const app = await apiFor(actor)
    const id = await makeEvent()
    expect((await send(app, id, jpeg)).statusCode).toBe(status)
    expect((await filesOf()).length).toBe(status === 201 ? 2 : 0)
  })

  test('who sees every event, but reports in one grid only, adds none elsewhere', async () => {
    const both = {
      ...worker,
      duties: [...actorWith('evaluator').duties, ...actorWith('grid-worker', gridsOf(2)).duties],
      account: 8,
    }
    expect((await send(await apiFor(both), await makeEvent(), jpeg)).statusCode).toBe(403)
  })

  test('a foreign event, a missing one, a missing picture and one of another event answer alike', async () => {
    const [one, other] = [await makeEvent(), await makeEvent()]
    const { id: photo } = (await send(await apiFor(worker), one, jpeg)).json<Photo>()
    const foreign = await apiFor(actorWith('grid-worker', gridsOf(2), { account: 2 }))
    for (const path of ['', '/thumb']) {
      const [hidden, missing] = [
        await foreign.inject(`/api/events/${one}/photos/${photo}${path}`),
        await foreign.inject(`/api/events/999999/photos/${photo}${path}`),
      ]
      expect([hidden.statusCode, hidden.body]).toEqual([404, missing.body])
      const app = await apiFor(worker)
      expect((await app.inject(`/api/events/${other}/photos/${photo}${path}`)).statusCode).toBe(404)
      expect((await app.inject(`/api/events/${one}/photos/999999${path}`)).statusCode).toBe(404)
    }
  })

  test.each([
    ['closed', 'report', 1, 409],
    ['closed', 'after', 1, 409],
    ['on-the-spot', 'report', 29, 201],
    ['on-the-spot', 'report', 31, 409],
    ['on-the-spot', 'check', 1, 409],
  ] as const)(
    'an event %s takes a picture of stage %s after %d min: %d',
    async (kind, stage, minutes, status) => {
      const app = await apiFor(worker, () => new Date(NOW.getTime() + minutes * 60_000))
      expect((await send(app, await makeEvent(kind), jpeg, { stage })).statusCode).toBe(status)
    },
  )

  test('twenty pictures and no more, also when many come at once', async () => {
    const { db } = database()
    const app = await apiFor(worker)
    const id = await makeEvent()
    await db.execute(sql`
      insert into photos (event_id, stage, file, thumb, width, height, bytes, uploaded_at)
      select ${id}, 'report', repeat('a', 64), repeat('b', 64), 1, 1, 1, now() from generate_series(1, 18)`)
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => send(app, id, jpeg)))
    expect(replies.map((reply) => reply.statusCode).toSorted((a, b) => a - b)).toEqual([
      201, 201, 409, 409, 409,
    ])
    expect(await count(id)).toBe(20)
  })

  test('a repeat under one key is one picture', async () => {
    const app = await apiFor(worker)
    const id = await makeEvent()
    const [first, second] = [
      await send(app, id, jpeg, { key: `k-${id}` }),
      await send(app, id, jpeg, { key: `k-${id}` }),
    ]
    expect(second.json()).toEqual(first.json())
    expect(await count(id)).toBe(1)
  })

  test.each([
    ['JSON', 'application/json', '{}', 415],
    ['a form', 'multipart/form-data; boundary=x', '--x--', 415],
    ['too much', 'image/jpeg', 'x'.repeat(12 * 1024 * 1024 + 1), 413],
    ['nothing', 'image/jpeg', '', 422],
  ])('%s is refused', async (_name, type, body, status) => {
    const app = await apiFor(worker)
    const id = await makeEvent()
    const reply = await send(app, id, Buffer.from(body), { type })
    expect(reply.statusCode).toBe(status)
    expect(await count(id)).toBe(0)
  })

  test('more than wait in line are told to come again', async () => {
    const app = await apiFor(worker)
    const id = await makeEvent()
    const replies = await Promise.all(Array.from({ length: 14 }, () => send(app, id, jpeg)))
    const statuses = replies.map((reply) => reply.statusCode)
    expect(new Set(statuses)).toEqual(new Set([201, 429]))
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(8)
  })

  test('files without a picture go after an hour; a picture never goes, nor what is young', async () => {
    const { db } = database()
    const files = filesIn(folder)
    const id = await makeEvent()
    await send(await apiFor(worker), id, jpeg)
    const [lost, young] = [await files.put(Buffer.from('lost')), await files.put(Buffer.from('young'))]
    const old = new Date(Date.now() - 2 * 3_600_000)
    for (const entry of await filesOf()) {
      if (entry.name !== young) await utimes(join(entry.parentPath, entry.name), old, old)
    }
    expect(await sweep(db, files, new Date())).toBe(1)
    expect(await files.read(lost)).toBe(null)
    expect((await filesOf()).length).toBe(3)
    // What was put anew is young again.
    await files.put(Buffer.from('lost'))
    expect(await sweep(db, files, new Date())).toBe(0)
    expect(await sweep(db, filesIn(join(folder, 'nowhere')), new Date())).toBe(0)
  })

  test('what lies on the disk are the bytes that its name says', async () => {
    await send(await apiFor(worker), await makeEvent(), jpeg)
    const entries = await filesOf()
    expect(entries.length).toBe(2)
    const { createHash } = await import('node:crypto')
    for (const { name, parentPath } of entries) {
      const bytes = await readFile(join(parentPath, name))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(name)
      expect(parentPath.endsWith(`/${name.slice(0, 2)}`)).toBe(true)
    }
  })
})
