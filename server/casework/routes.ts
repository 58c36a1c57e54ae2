import type { FastifyInstance } from 'fastify'
import { mount } from '../http/mount.ts'
import { move, moveAll, nearby, readWork, unitsFor } from './actions.ts'
import { findNear, moveEvent, moveMany, readCase, suggestUnits } from './contract.ts'

export function caseworkRoutes(app: FastifyInstance): void {
  mount(app, moveEvent, ({ ctx, params, body: { version, ...order } }) =>
    move(ctx, params.id, order, version),
  )
  // Every item has a transaction of its own.
  mount(
    app,
    moveMany,
    async ({ ctx, body: { items: asked, ...order } }) => {
      const items = await moveAll(ctx, asked, order)
      return { done: items.filter(({ ok }) => ok).length, items }
    },
    { write: 'one-statement' },
  )
  mount(app, readCase, ({ ctx, params }) => readWork(ctx, params.id))
  mount(app, findNear, ({ ctx, params }) => nearby(ctx, params.id))
  mount(app, suggestUnits, ({ ctx, params }) => unitsFor(ctx, params.id))
}
