import type { FastifyInstance } from 'fastify'
import type { Endpoint } from '../http/contract.ts'
import { mount, type Ctx } from '../http/mount.ts'
import { behindWall } from '../http/store.ts'
import { page, readWhole, switchClass } from './actions.ts'
import { move } from './actions/move.ts'
import { register } from './actions/register.ts'
import { reveal } from './actions/reveal.ts'
import { noKey, type Desk } from './actions/texts.ts'
import {
  listDisputeClasses,
  listDisputes,
  listMediators as listMediatorsEndpoint,
  moveDispute,
  readDispute,
  registerDispute,
  revealParty,
  switchDisputeClass,
} from './contract.ts'
import { listClasses, listMediators } from './store.ts'

export interface DisputeOptions {
  /** Null where there is no key: then the files stay shut. */
  readonly cipher: Desk['cipher'] | null
}

export function disputeRoutes(app: FastifyInstance, { cipher }: DisputeOptions): void {
  if (cipher === null) return refuseAll(app)
  /**
   * Behind the wall, in a transaction of its own: the answer is not kept under an idempotency key, nor a digest of what was
   * sent, from which a telephone could be guessed. The version keeps a repeat from being done twice.
   */
  const alone = <T>(ctx: Ctx, work: (desk: Desk) => Promise<T>): Promise<T> =>
    behindWall(ctx.db, ctx.actor, (db) => work({ ...ctx, db, cipher }))
  const own = { write: 'own-transaction' } as const
  mount(app, listDisputeClasses, ({ ctx }) => listClasses(ctx.db))
  mount(app, switchDisputeClass, ({ ctx, params, body }) => switchClass(ctx, params.code, body.enabled))
  mount(app, listMediatorsEndpoint, ({ ctx }) => listMediators(ctx.db))
  mount(app, listDisputes, ({ ctx, query }) => page(ctx, query))
  mount(app, readDispute, ({ ctx, params }) => readWhole({ ...ctx, cipher }, params.id))
  mount(app, registerDispute, ({ ctx, body }) => register({ ...ctx, cipher }, body))
  mount(app, moveDispute, ({ ctx, params, body }) => alone(ctx, (desk) => move(desk, params.id, body)), own)
  mount(app, revealParty, ({ ctx, params, body }) => alone(ctx, (desk) => reveal(desk, params.id, body)), own)
}

const ENDPOINTS: readonly Endpoint[] = [
  listDisputeClasses,
  switchDisputeClass,
  listMediatorsEndpoint,
  listDisputes,
  readDispute,
  registerDispute,
  moveDispute,
  revealParty,
]

function refuseAll(app: FastifyInstance): void {
  for (const endpoint of ENDPOINTS) {
    mount(app, endpoint, () => {
      throw noKey()
    })
  }
}
