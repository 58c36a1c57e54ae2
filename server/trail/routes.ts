import type { FastifyInstance } from 'fastify'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { once } from 'node:events'
import { live } from './contract.ts'
import { describe } from '../http/mount.ts'
import { admit } from '../http/session.ts'
import type { Hub, Viewer } from './hub.ts'
import { isId } from './rules.ts'

/** Longest time for which a viewer without a session, or with duties that are no longer its own, is served. */
const LOOK_MS = 3000

/**
 * Mounts the live feed. It answers outside Fastify's reply, because it never ends by itself; `onAccounts` calls back when
 * sessions or duties have changed, here or in another process.
 */
export function trailRoutes(
  app: FastifyInstance,
  hub: Hub,
  onAccounts: (callback: () => void) => () => void,
): void {
  describe(app, live)
  const watch = watchViewers(app, hub)
  const timer = setInterval(watch.look, LOOK_MS)
  const forget = onAccounts(watch.look)
  app.addHook('onClose', () => {
    clearInterval(timer)
    forget()
  })
  app.get(live.path, {
    onRequest: async (request) => {
      request.actor = await admit(app.shared.gate, request.headers, live.policy)
    },
    handler: async (request, reply) => {
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
      watch.add(viewer, request.headers)
      raw.on('close', () => {
        hub.leave(viewer)
        watch.remove(viewer)
      })
      const asked = request.headers['last-event-id']
      const cursor = typeof asked === 'string' && isId(asked) ? asked : null
      try {
        await hub.join(viewer, request.actor, cursor)
      } catch (error) {
        // The viewer comes back by itself with its last id; a closed socket needs no more.
        if (!raw.destroyed) request.log.warn({ err: error }, 'live feed: could not start a viewer')
        raw.destroy()
      }
      if (raw.destroyed) hub.leave(viewer)
    },
  })
}

/** Asks anew who the viewers are: the stream of one that is nobody any more ends, and one with other duties hears other steps. */
function watchViewers(app: FastifyInstance, hub: Hub) {
  const open = new Map<Viewer, IncomingHttpHeaders>()
  let looking = false
  let again = false

  async function lookOnce(): Promise<void> {
    // Tabs of one session are one question.
    const groups = Map.groupBy(open, ([, headers]) => `${headers.cookie} ${headers.authorization}`)
    for (const group of groups.values()) {
      const [, headers] = group[0] ?? []
      const actor = headers && (await app.shared.gate.identify(headers, 'look'))
      for (const [viewer] of group) {
        if (actor) hub.admit(viewer, actor)
        else viewer.drop()
      }
    }
  }

  async function look(): Promise<void> {
    again = true
    if (looking) return
    looking = true
    try {
      while (again) {
        again = false
        await lookOnce()
      }
    } catch (error) {
      // Without the database nobody hears anything either; the next look asks again.
      app.log.warn({ err: error }, 'live feed: could not ask who the viewers are')
    } finally {
      looking = false
    }
  }

  return {
    add: (viewer: Viewer, headers: IncomingHttpHeaders) => void open.set(viewer, headers),
    remove: (viewer: Viewer) => void open.delete(viewer),
    look: () => void look(),
  }
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
