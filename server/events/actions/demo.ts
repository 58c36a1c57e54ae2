import type { SeedOptions } from '#db/seed'
import { LADDER, refuseUntil, stageDueAt, workingDaysAfter } from '#rules/casework'
import { CHINA, dueAt, promise, PROVISIONAL, ruleOf } from '#rules/deadlines'
import { locateAll } from '../../grids/actions.ts'
import { audienceOf, channelOf, rowOf } from '../rules.ts'

/** By what the demo's year is played. */
export const DEMO_RULES: Omit<SeedOptions, 'now'> = {
  provisional: PROVISIONAL,
  dueAt: (start, { limit }) => dueAt(start, limit, CHINA),
  raisedAt: (at) => LADDER.map(({ days }) => workingDaysAfter(at, days, CHINA)),
  promise: (start, condition) => promise(start, ruleOf(condition), CHINA),
  refuseUntil: (at, limit, dueAt) => refuseUntil(at, limit, dueAt, CHINA),
  stageDueAt,
  channelOf,
  rowOf,
  audienceOf,
  locateAll,
}
