import type { FastifyInstance } from 'fastify'
import type { ServerResponse } from 'node:http'
import { once } from 'node:events'
import { live, STEP_ID } from './contract.ts'
import { describe } from '../http/mount.ts'
import type { Hub, Viewer } from './hub.ts'

const CURSOR = new RegExp(STEP_ID)

/** Mounts the live feed. It answers outside Fastify's reply, because it never ends. */
export function trailRoutes(app: FastifyInstance, hub: Hub): void {
  describe(app, live)
  app.get(live.path, async (request, reply) => {
    reply.hijack()
    const raw = reply.raw
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    raw.write('retry: 1000\n\n')
    const viewer = viewerOf(raw)
    raw.on('close', () => hub.leave(viewer))
    const asked = request.headers['last-event-id']
    const cursor = typeof asked === 'string' && CURSOR.test(asked) ? asked : null
    try {
      await hub.join(viewer, cursor)
    } catch (error) {
      // The viewer comes back by itself with its last id; a closed socket needs no more.
      if (!raw.destroyed) request.log.warn({ err: error }, 'live feed: could not start a viewer')
      raw.destroy()
    }
    if (raw.destroyed) hub.leave(viewer)
  })
}

function viewerOf(raw: ServerResponse): Viewer {
  return {
    send: (chunk) => {
      raw.write(chunk)
      return raw.writableLength
    },
    drained: async () => {
      if (raw.destroyed) throw new Error('viewer is gone')
      if (raw.writableNeedDrain) await Promise.race([once(raw, 'drain'), gone(raw)])
    },
    drop: () => raw.destroy(),
  }
}

async function gone(raw: ServerResponse): Promise<never> {
  await once(raw, 'close')
  throw new Error('viewer is gone')
}
