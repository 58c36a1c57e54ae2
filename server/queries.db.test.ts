import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '#db/open'
import { seedWhereEmpty } from '#db/seed'
import { openTestDatabase, type TestDatabase } from '#db/testing'
import { countLines, listLines } from './audit/store.ts'
import { DEMO_RULES } from './events/actions/demo.ts'
import { countEvents, findEvent, listEvents, listPoints, listSteps } from './events/store.ts'
import type { Match } from './events/store/match.ts'
import { listIds, listNamed } from './exports/store.ts'
import { countByGridAndCategory, readFigures } from './figures/store.ts'
import { findCovering, findNear, listGridRows, readGround, readLoad } from './grids/store.ts'
import { findFiles, listUnwanted } from './photos/store.ts'
import { findAddresses } from './places/store.ts'
import { listLog } from './planning/store.ts'
import { listEventSpots } from './planning/store/sites.ts'
import { findNextSwitch, lockOpen } from './planning/store/switch.ts'
import { hasUnsealed, listSettled } from './seals/store.ts'
import { readSince } from './trail/store.ts'

const NOW = new Date('2026-11-23T08:00:00Z')
const WEEK_AGO = '2026-11-16T00:00:00Z'
const TODAY = '2026-11-23T00:00:00Z'
const HERE = { position: [119.93, 32.455] as [number, number], at: NOW }
const EVERYWHERE = { all: true, grids: [], units: [], account: null }
const OF_UNIT = { all: false, grids: [], units: ['CG'], account: 20 }
const OF_GRIDS = { all: false, grids: [3, 4], units: [], account: 60 }
const match: Match = { now: NOW, within: EVERYWHERE }
const due = { sort: 'due', limit: 50, after: null } as const
const newest = { sort: 'newest', limit: 50, after: null } as const
const times = { now: NOW, today: new Date(TODAY), tomorrow: NOW, yearAgo: new Date('2025-11-23T08:00:00Z') }
const weeks = { year: times.yearAgo, week: new Date(WEEK_AGO), weeks: new Date('2026-05-25T00:00:00Z') }

/** What the map and its panels ask, and the indexes that must answer it. */
const QUERIES: readonly (readonly [
  name: string,
  indexes: readonly string[],
  ask: (db: Db) => Promise<unknown>,
])[] = [
  ['grids-covering', ['boundaries_geom'], (db) => findCovering(db, [HERE])],
  ['grids-near', ['boundaries_geom'], (db) => findNear(db, [{ ...HERE, reachM: 30 }])],
  ['grids-list', ['events_open'], (db) => listGridRows(db, NOW)],
  ['grids-ground', ['boundaries_geom'], (db) => readGround(db, { id: 1, boundary: 1 }, NOW)],
  ['grids-load', ['events_grid', 'disputes_grid'], (db) => readLoad(db, 1, weeks)],
  ['events-newest', ['events_reported'], (db) => listEvents(db, match, newest)],
  ['events-urgent', ['events_open'], (db) => listEvents(db, { ...match, state: 'open' }, due)],
  ['events-of-grid', ['events_grid'], (db) => listEvents(db, { ...match, grid: [3] }, newest)],
  ['events-of-period', ['events_reported'], (db) => countEvents(db, { ...match, from: WEEK_AGO, to: TODAY })],
  [
    'events-in-box',
    ['events_geom'],
    (db) => countEvents(db, { ...match, box: [119.93, 32.455, 119.932, 32.457] }),
  ],
  ['events-points', ['events_reported'], (db) => listPoints(db, { ...match, from: WEEK_AGO })],
  ['events-heat', ['events_reported'], (db) => countByGridAndCategory(db, { ...match, from: WEEK_AGO })],
  [
    'events-figures',
    ['events_open', 'events_reported', 'events_scored', 'events_on_the_spot'],
    (db) => readFigures(db, times, EVERYWHERE),
  ],
  // The desks.
  [
    'events-at-stage',
    ['events_open'],
    (db) => listEvents(db, { ...match, status: ['filed', 'returned'] }, due),
  ],
  ['events-late', ['events_open'], (db) => listEvents(db, { ...match, light: ['red'] }, due)],
  ['events-of-unit', ['events_seen_by'], (db) => countEvents(db, { ...match, unit: ['CG'] })],
  ['events-asked', ['events_asks'], (db) => countEvents(db, { ...match, asks: ['extend', 'hold'] })],
  [
    'events-watched',
    ['events_watched'],
    (db) => listEvents(db, { ...match, watched: 'yes', state: 'open' }, due),
  ],
  [
    'events-mine',
    ['events_reporter'],
    (db) => listEvents(db, { ...match, mine: 'yes', within: { ...EVERYWHERE, account: 60 } }, newest),
  ],
  // The same by right.
  [
    'events-within-unit',
    ['events_seen_by', 'events_reporter'],
    (db) => countEvents(db, { ...match, within: OF_UNIT }),
  ],
  [
    'events-within-grids',
    ['events_grid', 'events_reporter'],
    (db) => countEvents(db, { ...match, within: OF_GRIDS }),
  ],
  [
    'events-within-unit-urgent',
    ['events_open'],
    (db) => listEvents(db, { ...match, state: 'open', within: OF_UNIT }, due),
  ],
  [
    'events-within-unit-figures',
    ['events_seen_by', 'events_reporter'],
    (db) => readFigures(db, times, OF_UNIT),
  ],
  ['events-one', ['events_pkey'], (db) => findEvent(db, 4711, OF_GRIDS)],
  ['events-steps', ['steps_subject'], (db) => listSteps(db, 9000)],
  ['addresses-like', ['addresses_text', 'boundaries_geom'], (db) => findAddresses(db, ['永宁路18号'], NOW)],
  ['trail-since', ['steps_pkey'], (db) => readSince(db, '0-0', 500)],
  ['seals-unsealed', ['steps_pkey', 'seals_pkey'], (db) => hasUnsealed(db)],
  ['seals-settled', ['steps_pkey'], (db) => listSettled(db, { xid: '9', seq: '9' }, 5000)],
  ['audit-newest', ['steps_pkey'], (db) => listLines(db, {}, { limit: 100, cursor: '99-9' })],
  ['audit-of-person', ['steps_actor'], (db) => countLines(db, { account: 3 })],
  ['audit-of-period', ['steps_at'], (db) => countLines(db, { from: WEEK_AGO, to: TODAY })],
  ['audit-of-subject', ['steps_subject'], (db) => countLines(db, { subject: 'event/12' })],
  ['exports-ids', ['events_reported'], (db) => listIds(db, { ...match, from: WEEK_AGO }, 200_001)],
  ['exports-rows', ['events_pkey', 'units_pkey'], (db) => listNamed(db, [1, 2, 3])],
  ['plans-waiting', ['plans_waiting'], (db) => findNextSwitch(db)],
  ['plans-handed', ['events_open'], (db) => lockOpen(db, NOW)],
  ['plans-log', ['scenario_ops_pkey'], (db) => listLog(db, 1, 7)],
  ['plans-events', ['events_reported'], (db) => listEventSpots(db, new Date(WEEK_AGO), NOW)],
  ['photos-files', ['photos_event'], (db) => findFiles(db, 1, 1)],
  ['photos-unwanted', ['photos_file', 'photos_thumb'], (db) => listUnwanted(db, ['0'.repeat(64)])],
]

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase('postgres')
  await seedWhereEmpty(database.db, { ...DEMO_RULES, now: NOW })
  // As autovacuum does before long: from then on an index alone can count.
  await database.db.execute(sql`vacuum analyze events`)
})
afterAll(() => database.close())

interface Asked {
  readonly text: string
  readonly params: unknown[]
}

/** The one statement that a question becomes. */
async function asked(ask: (db: Db) => Promise<unknown>): Promise<Asked> {
  const seen: Asked[] = []
  const logger = { logQuery: (text: string, params: unknown[]) => void seen.push({ text, params }) }
  await ask(drizzle(database.pool, { logger }))
  const [first, ...others] = seen
  if (first === undefined || others.length > 0)
    throw new Error(`${seen.length} statements where one was expected`)
  return first
}

test.each(QUERIES)('%s is printed for reviewers, and answered by %s', async (name, indexes, ask) => {
  const { text, params } = await asked(ask)
  await expect(`${tidy(text)};\n`).toMatchFileSnapshot(`../db/queries/${name}.sql`)

  const client = await database.pool.connect()
  try {
    await client.query('begin')
    // The demo is small enough to be read whole; what matters is that an index can answer where the place is larger.
    await client.query('set local enable_seqscan = off')
    const plan = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, params)
    const used = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
    for (const index of indexes) expect(used).toMatch(new RegExp(`\\b${index}\\b`))
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test('without its index a plan fails this check', async () => {
  const plan = await database.db.execute<Record<string, string>>(
    sql`explain select 1 from events where description = 'x'`,
  )
  expect(JSON.stringify(plan.rows)).not.toContain('events_')
})

/** Statements as they are written in the stores, without the margin of the code around them. */
function tidy(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const margins = lines.slice(1).map((line) => line.search(/\S/))
  const margin = Math.min(...margins, 100)
  return lines.map((line, n) => (n === 0 ? line.trim() : line.slice(margin).trimEnd())).join('\n')
}
