import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ParamsOf } from '../http/contract.ts'
import { mount } from '../http/mount.ts'
import { Ready } from '../http/ready.ts'
import { add, read, store, sweep, type Size, type Stored } from './actions.ts'
import type { Files } from './actions/files.ts'
import { addPhoto, readPhoto, readThumb } from './contract.ts'

const HOUR = 3_600_000

export function photoRoutes(app: FastifyInstance, files: Files): void {
  void app.register(async (inner) => mountAdding(inner, files))
  for (const [endpoint, size] of [
    [readPhoto, 'file'],
    [readThumb, 'thumb'],
  ] as const satisfies readonly (readonly [typeof readPhoto | typeof readThumb, Size])[]) {
    mount(app, endpoint, async ({ ctx, params, etag, answerWith }) => {
      const found = await read(ctx, { ...params, size, etag }, files)
      answerWith('content-disposition', 'inline')
      return new Ready(found.bytes ?? '', { etag: found.etag })
    })
  }
  sweepHourly(app, files)
}

/** Before the handler, and so before its transaction, the picture is encoded and on the disk. */
function mountAdding(app: FastifyInstance, files: Files): void {
  const stored = new WeakMap<Buffer, Stored>()
  app.addHook('preHandler', async (request: FastifyRequest) => {
    const { body, actor } = request
    if (!Buffer.isBuffer(body)) return
    const ctx = { db: app.shared.db, actor, now: app.shared.clock() }
    const { id } = request.params as ParamsOf<typeof addPhoto>
    stored.set(body, await store(ctx, id, body, files))
  })
  mount(app, addPhoto, ({ ctx, params, query, file }) => {
    const picture = file && stored.get(file)
    if (!picture) throw new Error('an upload that was not stored')
    return add(ctx, params.id, query.stage, picture)
  })
}

function sweepHourly(app: FastifyInstance, files: Files): void {
  const { db, clock } = app.shared
  const timer = setInterval(() => {
    sweep(db, files, clock()).catch((error: unknown) =>
      app.log.error({ err: error }, 'photos: could not sweep'),
    )
  }, HOUR)
  app.addHook('onClose', () => clearInterval(timer))
}
