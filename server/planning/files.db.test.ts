import { zipSync } from 'fflate'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '../../db/testing.ts'
import { NOW } from '../events/testing.ts'
import { as, ROLE_GATE, wholeApp } from '../testing.ts'
import { FILE_FORMATS } from './contract/files.ts'
import { readLayer } from './formats/read.ts'
import { planToy } from './testing.ts'

onBothDatabases('boundary files', (database) => {
  let app: FastifyInstance

  beforeAll(async () => {
    await planToy(database().db)
    app = await wholeApp(database(), ROLE_GATE, () => NOW)
  })
  afterAll(() => app.close())

  const send = (path: string, payload: Uint8Array, query: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: `/api/planning/files/${path}`,
      query: { kind: 'plan', id: '1', ...query },
      payload: Buffer.from(payload),
      headers: { ...as('planner'), 'content-type': 'application/octet-stream' },
    })

  const written = (format: string, kind = 'plan', id = 1) =>
    app.inject({
      url: '/api/planning/files/export',
      query: { kind, id: String(id), format },
      headers: as('planner'),
    })

  const scenarios = async (): Promise<number> =>
    (await app.inject({ url: '/api/plans', headers: as('planner') })).json().scenarios.length

  test.each(FILE_FORMATS)('%s goes out, comes in as a draft, and goes out the same', async (format) => {
    const out = await written(format)
    expect(out.statusCode, out.body).toBe(200)
    const checked = await send('check', out.rawPayload)
    expect(checked.json(), checked.body).toMatchObject({
      format,
      ready: true,
      reshaped: 0,
      moved: 0,
      begins: [],
      ends: [],
    })
    const taken = await send('import', out.rawPayload, { name: `回读 ${format}` })
    expect(taken.statusCode, taken.body).toBe(201)
    const again = await written(format, 'scenario', taken.json().id)
    expect(await shapesIn(again.rawPayload)).toBe(await shapesIn(out.rawPayload))
  })

  test('what cannot be taken says why and leaves nothing behind', async () => {
    const before = await scenarios()
    const bow = {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { code: 'x' },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [119.9, 32.5],
                [119.91, 32.51],
                [119.91, 32.5],
                [119.9, 32.51],
                [119.9, 32.5],
              ],
            ],
          },
        },
      ],
    }
    const cases: readonly (readonly [Uint8Array, number, RegExp])[] = [
      [Buffer.from(JSON.stringify(bow)), 409, /crosses itself/],
      [Buffer.from('{"type":"FeatureCollection","features":[]}'), 409, /no features/],
      [Buffer.from('nonsense'), 422, /Not a file that is known/],
      [zipSync({ 'a.geojson': new Uint8Array(65e6) }, { level: 9 }), 422, /too large/],
      [new Uint8Array(13e6), 413, /./],
    ]
    for (const [bytes, status, why] of cases) {
      const answer = await send('import', bytes, { name: 'x' })
      expect(answer.statusCode, answer.body).toBe(status)
      expect(answer.json().en?.detail ?? '').toMatch(why)
    }
    expect(await scenarios()).toBe(before)
  })

  test('only planners bring files in; who may read plans takes them out', async () => {
    const asCommander = { ...as('commander'), 'content-type': 'application/octet-stream' }
    const query = { kind: 'plan', id: '1' }
    const url = '/api/planning/files/check'
    expect(
      (await app.inject({ method: 'POST', url, query, payload: Buffer.from('{}'), headers: asCommander }))
        .statusCode,
    ).toBe(403)
    const out = { url: '/api/planning/files/export', query: { ...query, format: 'kml' } }
    expect((await app.inject({ ...out, headers: as('commander') })).statusCode).toBe(200)
    expect((await app.inject({ ...out, headers: as('grid-worker') })).statusCode).toBe(403)
    expect(
      (await app.inject({ ...out, query: { ...out.query, id: '99' }, headers: as('commander') })).statusCode,
    ).toBe(404)
  })
})

/** What it says of the grids, whatever it was written from. */
const shapesIn = async (bytes: Buffer): Promise<string> =>
  bytes.includes('atom,grid')
    ? bytes.toString()
    : JSON.stringify((await readLayer(bytes)).collection.features)
