import type { FastifyInstance } from 'fastify'
import { midnightOf } from '#rules/deadlines'
import { reachOf } from '../accounts/rules.ts'
import type { EventFilter } from '../events/contract.ts'
import { matchOf } from '../events/actions.ts'
import type { ReplyOf } from '../http/contract.ts'
import { mount, type Ctx } from '../http/mount.ts'
import { readHeat, readSummary } from './contract.ts'
import { countByGridAndCategory, readFigures } from './store.ts'

export function figureRoutes(app: FastifyInstance): void {
  mount(app, readHeat, ({ ctx, query }) => heat(ctx, query))
  mount(app, readSummary, ({ ctx }) => summary(ctx))
}

async function heat(ctx: Ctx, filter: EventFilter): Promise<ReplyOf<typeof readHeat>> {
  const cells = await countByGridAndCategory(ctx.db, matchOf(ctx, filter, 'events.count'))
  return { total: cells.reduce((sum, { count }) => sum + count, 0), cells }
}

const DAY = 86_400_000

async function summary({ db, actor, now }: Ctx): Promise<ReplyOf<typeof readSummary>> {
  const today = midnightOf(now.getTime())
  const times = {
    now,
    today: new Date(today),
    tomorrow: new Date(today + DAY),
    yearAgo: new Date(now.getTime() - 365 * DAY),
  }
  const figures = await readFigures(db, times, reachOf(actor, 'events.count'))
  const { onTime, closed, overdue } = figures.scored
  const judged = closed + overdue
  return { at: now.toISOString(), ...figures, onTimeRate: judged === 0 ? 1 : onTime / judged }
}
