import type { FastifyInstance } from 'fastify'
import { encodeColumns } from '#geo/columns'
import { mount, type Ctx } from '../http/mount.ts'
import { Ready } from '../http/ready.ts'
import type { Problem, QueryOf, ReplyOf } from '../http/contract.ts'
import { refusalOf, validator } from '../http/validation.ts'
import { matchOf, must, placeByHand, readWhole, report } from './actions.ts'
import { take, type Taken } from './actions/intake.ts'
import {
  EventReport,
  listCategories as listCategoriesEndpoint,
  listEvents as listEventsEndpoint,
  placeEvent,
  readEvent,
  readPoints,
  reportBatch,
  reportEvent,
} from './contract.ts'
import { readCursor, rowOf, writeCursor } from './rules.ts'
import { countEvents, listCategories, listEvents, listPoints } from './store.ts'

export function eventRoutes(app: FastifyInstance): void {
  mount(app, reportEvent, ({ ctx, body }) => report(ctx, body), { write: 'one-statement' })
  mount(app, reportBatch, ({ ctx, body }) => reportAll(ctx, body.items), { write: 'one-statement' })
  mount(app, placeEvent, ({ ctx, params, body }) => placeByHand(ctx, params.id, body))
  mount(app, listEventsEndpoint, ({ ctx, query }) => page(ctx, query))
  mount(app, readEvent, ({ ctx, params }) => readWhole(ctx, params.id))
  mount(
    app,
    readPoints,
    async ({ ctx, query }) => new Ready(encodeColumns(await listPoints(ctx.db, matchOf(ctx, query)))),
  )
  mount(app, listCategoriesEndpoint, ({ ctx }) => listCategories(ctx.db))
}

const checkReport = validator(EventReport, 'body')

/** Items are validated here rather than by the route's schema, so that each is refused on its own. */
async function reportAll(ctx: Ctx, items: readonly unknown[]): Promise<ReplyOf<typeof reportBatch>> {
  const good: { n: number; item: EventReport }[] = []
  const answers: Taken[] = []
  items.forEach((item, n) => {
    if (checkReport(item)) good.push({ n, item: item as EventReport })
    else answers[n] = { ok: false, problem: refusalOf(checkReport.errors ?? []).problem }
  })
  const taken = await take(
    ctx,
    good.map(({ item }) => item),
  )
  good.forEach(({ n }, k) => {
    const answer = taken[k]
    if (answer) answers[n] = answer
  })
  const accepted = answers.filter(({ ok }) => ok).length
  return { accepted, refused: items.length - accepted, items: answers.map(answerOf) }
}

function answerOf(answer: Taken, n: number): ReplyOf<typeof reportBatch>['items'][number] {
  if (answer.ok) return { ok: true, event: answer.row, placement: answer.placed.placement }
  return { ok: false, problem: inItem(answer.problem, n) }
}

/** Names the field from the root of the batch. */
function inItem(problem: Problem, n: number): Problem {
  return { ...problem, field: `/items/${n}${problem.field ?? ''}` }
}

const PAGE = 50

async function page(
  ctx: Ctx,
  { sort = 'newest', limit = PAGE, cursor, ...filter }: QueryOf<typeof listEventsEndpoint>,
): Promise<ReplyOf<typeof listEventsEndpoint>> {
  const match = matchOf(ctx, filter)
  const after = cursor === undefined ? null : must(readCursor(sort, cursor))
  // One more than asked for says whether there is a next page.
  const found = await listEvents(ctx.db, match, { sort, limit: limit + 1, after })
  const total = await countEvents(ctx.db, match)
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(rowOf),
    total,
    nextCursor: last && found.length > limit ? writeCursor(sort, last) : null,
  }
}
