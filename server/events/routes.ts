import type { FastifyInstance } from 'fastify'
import { encodeColumns } from '#geo/columns'
import { midnightOf } from '#rules/deadlines'
import { mount, type Ctx } from '../http/mount.ts'
import { Ready } from '../http/ready.ts'
import type { Problem, QueryOf, ReplyOf } from '../http/contract.ts'
import { problemOf, Refusal } from '../http/problems.ts'
import { refusalOf, validator } from '../http/validation.ts'
import { placeByHand, readWhole, report, take, type Taken } from './actions.ts'
import {
  EventReport,
  listCategories as listCategoriesEndpoint,
  listEvents as listEventsEndpoint,
  placeEvent,
  readEvent,
  readHeat,
  readPoints,
  readSummary,
  reportBatch,
  reportEvent,
  type EventFilter,
} from './contract.ts'
import { checkBox, idOfNumber, readCursor, rowOf, writeCursor, type Checked } from './rules.ts'
import {
  countByGridAndCategory,
  countEvents,
  listCategories,
  listEvents,
  listPoints,
  readFigures,
  type Match,
} from './store.ts'

export function eventRoutes(app: FastifyInstance): void {
  mount(app, reportEvent, ({ ctx, body }) => report(ctx, body), { write: 'one-statement' })
  mount(app, reportBatch, ({ ctx, body }) => reportAll(ctx, body.items), { write: 'one-statement' })
  mount(app, placeEvent, ({ ctx, params, body }) => placeByHand(ctx, params.id, body))
  mount(app, listEventsEndpoint, ({ ctx, query }) => page(ctx, query))
  mount(app, readEvent, ({ ctx, params }) => readWhole(ctx, params.id))
  mount(
    app,
    readPoints,
    async ({ ctx, query }) => new Ready(encodeColumns(await listPoints(ctx.db, matchOf(query, ctx.now)))),
  )
  mount(app, readHeat, ({ ctx, query }) => heat(ctx, query))
  mount(app, readSummary, ({ ctx }) => summary(ctx))
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
  { db, now }: Ctx,
  { sort = 'newest', limit = PAGE, cursor, ...filter }: QueryOf<typeof listEventsEndpoint>,
): Promise<ReplyOf<typeof listEventsEndpoint>> {
  const match = matchOf(filter, now)
  const after = cursor === undefined ? null : must(readCursor(sort, cursor))
  // One more than asked for says whether there is a next page.
  const found = await listEvents(db, match, { sort, limit: limit + 1, after })
  const total = await countEvents(db, match)
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(rowOf),
    total,
    nextCursor: last && found.length > limit ? writeCursor(sort, last) : null,
  }
}

async function heat({ db, now }: Ctx, filter: EventFilter): Promise<ReplyOf<typeof readHeat>> {
  const cells = await countByGridAndCategory(db, matchOf(filter, now))
  return { total: cells.reduce((sum, { count }) => sum + count, 0), cells }
}

const DAY = 86_400_000

async function summary({ db, now }: Ctx): Promise<ReplyOf<typeof readSummary>> {
  const today = midnightOf(now.getTime())
  const { closedInYear, closedOnTimeInYear, ...figures } = await readFigures(db, {
    now,
    today: new Date(today),
    tomorrow: new Date(today + DAY),
    yearAgo: new Date(now.getTime() - 365 * DAY),
  })
  const judged = closedInYear + figures.overdue
  return { at: now.toISOString(), ...figures, onTimeRate: judged === 0 ? 1 : closedOnTimeInYear / judged }
}

function matchOf({ bbox, text, ...filter }: EventFilter, now: Date): Match {
  const numbered = text === undefined ? null : idOfNumber(text)
  return {
    ...filter,
    now,
    ...(bbox !== undefined && { box: must(checkBox(bbox)) }),
    ...(text !== undefined && { text: text.trim() }),
    ...(numbered !== null && { numbered }),
  }
}

function must<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value
  throw new Refusal(problemOf('invalid-field', checked.fault.why, { field: checked.fault.field }))
}
