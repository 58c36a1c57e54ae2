import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Step } from '#contract/trail'
import { onBothDatabases } from '#db/testing'
import { eventsPart } from '../client/events/layer.ts'
import { NO_ROWS, rowOf, withRows } from '../client/data/rows.ts'
import { doorOf } from './accounts/testing.ts'
import { buildApp } from './app.ts'
import { drawToy, post } from './events/testing.ts'
import { reportEvent, type GridEvent } from './events/contract.ts'
import { EVERYBODY, OPEN_GATE } from './http/testing.ts'
import { openHub } from './trail/hub.ts'

/** Monday morning; exposed rubbish has four working hours. */
const NOW = new Date('2026-03-02T09:00:00+08:00')

/** The walk of README.md, stop by stop: from the request to the dot on the map. */
onBothDatabases('the life of an event', (database) => {
  test('a report becomes a row in its grid, a step of the trail, a message of the feed and a dot', async () => {
    await drawToy(database().db)
    const heard: Step[] = []
    const hub = await openHub(database().db, {
      now: () => NOW,
      pollMs: 50,
      onError: (error) => {
        throw error
      },
    })
    const app = await buildApp({
      accounts: doorOf(OPEN_GATE),
      cipher: null,
      database: database(),
      migrated: { at: 1, applied: [] },
      hub,
      mapApproval: null,
      filesDir: join(tmpdir(), 'wangge-test-files'),
      clock: () => NOW,
      logLevel: 'silent',
    })
    await hub.join(
      {
        send: (chunk) => {
          const [, data] = /event: step\ndata: (.*)\n/.exec(chunk.toString()) ?? []
          if (data !== undefined) heard.push(JSON.parse(data) as Step)
          return 0
        },
        drained: async () => undefined,
        drop: () => undefined,
      },
      EVERYBODY,
      null,
    )

    // contract → routes → actions: validated, placed by ST_Covers, due by the calendar, answered after the commit.
    const reply = await post(app, reportEvent.path, { position: [119.905, 32.445], category: '01-10' })
    expect(reply.statusCode).toBe(201)
    const event = reply.json<GridEvent>()
    expect(event.grid?.code).toBe('G1')
    expect(event.placement.rule).toBe('inside')
    expect(event.dueAt).toBe(new Date('2026-03-02T15:00:00+08:00').toISOString())

    // trail/hub: one message with the same event.
    await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 40_000 })
    const row = heard.map(rowOf)[0]
    expect(row).toMatchObject({ id: event.id, gridId: event.gridId, dueAt: event.dueAt, version: 1 })

    // client/data/rows → client/events/layer: a green dot where it was reported.
    const { open } = withRows(NO_ROWS, row ? [row] : [])
    const part = eventsPart(
      { events: [...open.values()], chosen: null, pin: null, now: NOW.getTime() },
      { theme: 'light', language: 'zh', scale: 1 },
    )
    expect(part.sources['events']).toMatchObject({
      features: [
        { id: event.id, properties: { light: 'green' }, geometry: { coordinates: [119.905, 32.445] } },
      ],
    })
    await hub.close()
    await app.close()
  })
})
