import { sql } from 'drizzle-orm'
import type { Condition } from '#contract/deadlines'
import type { DemoEvent, History, Norms } from '../geodata/demo/history.ts'
import type { GridRef, Placement } from '../server/grids/contract.ts'
import type { Db } from './open.ts'
import { played, type CaseRows, type CaseRules, type Known } from './seed-cases.ts'
import { seedDisputes, type FileRules } from './seed-disputes.ts'
import { readCast } from './seed-people.ts'

/** What the server knows of events; handed in, because the database layer knows no rules. */
export interface Rules extends CaseRules {
  /** Of dispute files; without them the demo has no more of its disputes than their counts. */
  readonly files?: FileRules | null
  readonly locateAll: (
    db: Db,
    spots: readonly {
      readonly position: DemoEvent['position']
      readonly at: Date
      readonly accuracyM?: number
    }[],
  ) => Promise<readonly { readonly grid: GridRef | null; readonly placement: Placement }[]>
}

interface SeedRules extends Rules {
  readonly now: Date
  readonly progress?: (line: string) => void
}

const CHUNK = 2000

/** Makes the history by the conditions in the database, and stores it with every step of its cases, oldest first. */
export async function seedHistory(db: Db, rules: SeedRules, make: (norms: Norms) => History): Promise<void> {
  const { progress = () => {} } = rules
  const conditions = await readConditions(db)
  const firstOf = (category: string) => {
    const known = conditions.get(category)
    if (!known) throw new Error(`the demo uses a category without conditions: ${category}`)
    return known
  }
  const { events, disputes } = make({
    termsOf: (category, reportedAt) => {
      const { units, ...condition } = firstOf(category)
      return { dueAt: rules.dueAt(reportedAt, condition), units }
    },
    raisedAt: rules.raisedAt,
  })
  const cast = await readCast(db)
  const cases: CaseRows[] = []
  for (let from = 0; from < events.length; from += CHUNK) {
    const chunk = events.slice(from, from + CHUNK)
    const placed = await rules.locateAll(db, chunk.map(spotOf))
    const known = chunk.map((event, k): Known => {
      const { grid = null, placement } = placed[k] ?? {}
      const [n, condition] = [from + k, firstOf(event.category)]
      if (!placement) throw new Error('an event was not placed')
      return { id: n + 1, n, event, grid, placement, condition }
    })
    const rows = known.map((one) => played(one, cast, rules))
    await insertEvents(db, known, rows, rules.now)
    cases.push(...rows)
    progress(`  已载入事件 events loaded: ${Math.min(from + CHUNK, events.length)} / ${events.length}`)
  }
  await db.execute(sql`select setval('events_id_seq', ${events.length})`)
  await insertParts(db, cases)
  await insertObligations(db, cases)
  await insertRequests(db, cases)
  await insertSteps(db, cases)
  await seedDisputes(db, disputes, rules)
}

type FirstCondition = Condition & { readonly units: readonly string[] }

/** The first condition of each class, with the units of the class. */
async function readConditions(db: Db): Promise<Map<string, FirstCondition>> {
  const found = await db.execute<FirstCondition & Record<string, unknown>>(sql`
    select k.id, k.category, k.ordinal, k.version, k.amber_share as "amberShare", c.units,
      json_build_object('amount', k.limit_amount, 'unit', k.limit_unit, 'counting', k.counting) as "limit"
    from conditions k join categories c on c.code = k.category where k.ordinal = 1 and k.retired_at is null`)
  return new Map(found.rows.map((known) => [known.category, known]))
}

function spotOf({ position, occurredAt, accuracyM }: DemoEvent) {
  return { position, at: new Date(occurredAt), ...(accuracyM !== null && { accuracyM }) }
}

const time = (name: string) => sql.raw(`to_timestamp(${name} / 1000.0)`)

async function insertEvents(
  db: Db,
  known: readonly Known[],
  cases: readonly CaseRows[],
  now: Date,
): Promise<void> {
  const rows = known.map(({ event, placement, condition }, k) => {
    const { facts, why, channel, parts = [] } = cases[k] ?? {}
    return {
      ...facts,
      why,
      channel,
      placement,
      conditionId: condition.id,
      mergedInto: event.mergedInto === null ? null : event.mergedInto + 1,
      lng: event.position[0],
      lat: event.position[1],
      position: undefined,
      description: event.description,
      accuracyM: event.accuracyM,
      onTheSpot: event.isOnTheSpot,
      ...(event.held && {
        pauses: [
          {
            from: event.held.from,
            to: null,
          },
        ],
        heldUntil: event.held.until,
        heldFrom: event.held.status,
      }),
      seenBy: parts.map(({ unit }) => unit),
      unscored: event.requests.some(({ kind, stage }) => kind === 'appeal' && stage === 'granted'),
    }
  })
  await db.execute(sql`
    insert into events (id, category, status, source, occurred_at, reported_at, due_at, amber_at, closed_at, stage_due_at,
      description, address, geom, accuracy_m, grid_id, rule, placement, version, condition_id, why, units, asks, channel,
      reporter_id, on_the_spot, supervision, important, unscored, merged_into, pauses, held_until, held_from, holds, told,
      seen_by)
    overriding system value
    select id, category, status, source, ${time('"occurredAt"')}, ${time('"reportedAt"')}, due.at, amber.at, closed.at,
      ${time('"stageDueAt"')}, description, address, st_setsrid(st_makepoint(lng, lat), 4326), "accuracyM", "gridId", rule,
      placement, version, "conditionId", why, units, asks, channel, reporter, "onTheSpot", supervision, important, unscored,
      "mergedInto", coalesce(pauses, '[]'), ${time('"heldUntil"')}, "heldFrom", case when pauses is null then 0 else 1 end,
      case when coalesce(closed.at, ${now.toISOString()}::timestamptz) > due.at then 'red'
        when coalesce(closed.at, ${now.toISOString()}::timestamptz) >= amber.at then 'amber' else 'green' end, "seenBy"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id bigint, category text, status text, source text,
      "occurredAt" float8, "reportedAt" float8, "dueAt" float8, "amberAt" float8, "closedAt" float8, "stageDueAt" float8,
      description text, address text, lng float8, lat float8, "accuracyM" real, "gridId" integer, rule text,
      placement jsonb, version integer, "conditionId" integer, why jsonb, units text[], asks text[], channel text,
      reporter integer, "onTheSpot" boolean, supervision integer, important boolean, unscored boolean, "mergedInto" bigint,
      pauses jsonb, "heldUntil" float8, "heldFrom" text, "seenBy" text[])
    cross join lateral (select ${time('"dueAt"')} as at) due
    cross join lateral (select ${time('"amberAt"')} as at) amber
    cross join lateral (select ${time('"closedAt"')} as at) closed`)
}

async function insertParts(db: Db, cases: readonly CaseRows[]): Promise<void> {
  const parts = cases.flatMap(({ facts: { id }, parts: own }) => own.map((part) => ({ ...part, id })))
  for (let from = 0; from < parts.length; from += CHUNK) {
    await db.execute(sql`
      insert into assignments (event_id, unit, part, dispatched_at, due_at, amber_at, why, refuse_until, signed_at,
        handled_at, ended_at, ending)
      select id, unit, part, ${time('"dispatchedAt"')}, ${time('"dueAt"')}, ${time('"amberAt"')}, why,
        ${time('"refuseUntil"')}, ${time('"signedAt"')}, ${time('"handledAt"')}, ${time('"endedAt"')}, ending
      from jsonb_to_recordset(${JSON.stringify(parts.slice(from, from + CHUNK))}::jsonb) as r (id bigint, unit text,
        part text, "dispatchedAt" float8, "dueAt" float8, "amberAt" float8, why jsonb, "refuseUntil" float8,
        "signedAt" float8, "handledAt" float8, "endedAt" float8, ending text)`)
  }
}

async function insertObligations(db: Db, cases: readonly CaseRows[]): Promise<void> {
  const replies = cases.flatMap(({ facts: { id }, replied }) => (replied ? [{ id, ...replied }] : []))
  await db.execute(sql`
    insert into obligations (event_id, carrier_id, channel, due_at, reply, replied_by, replied_at)
    select e.id, coalesce(e.merged_into, e.id), e.channel, e.due_at, r.text, r.by, ${time('r.at')}
    from events e left join jsonb_to_recordset(${JSON.stringify(replies)}::jsonb)
      as r (id bigint, at float8, by integer, text text) using (id)
    order by e.id`)
}

async function insertRequests(db: Db, cases: readonly CaseRows[]): Promise<void> {
  const requests = cases.flatMap(({ facts: { id, gridId }, requests: own }) =>
    own.map(({ by, ...request }) => ({ ...request, id, gridId, by: by.account, as: by.role })),
  )
  await db.execute(sql`
    with beside as (
      select distinct on (a.grid_id) a.grid_id, b.grid_id as neighbour
      from boundaries a join boundaries b on a.geom && b.geom and a.id <> b.id and st_intersects(a.geom, b.geom)
      order by a.grid_id, st_length(st_intersection(a.geom, b.geom)) desc
    )
    insert into requests (event_id, kind, stage, asked_by, asked_as, asked_at, reason, unit, grid_id, until, endorsed_by,
      endorsed_at, decided_by, decided_at, answer)
    select id, kind, stage, by, "as", ${time('at')}, reason, unit, case kind when 'handover' then neighbour end,
      ${time('until')}, "endorsedBy", ${time('"endorsedAt"')}, "decidedBy", ${time('"decidedAt"')}, answer
    from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as r (id bigint, kind text, stage text, by integer,
      "as" text, at float8, reason text, unit text, "gridId" integer, until float8, "endorsedBy" integer,
      "endorsedAt" float8, "decidedBy" integer, "decidedAt" float8, answer text)
    left join beside on beside.grid_id = r."gridId" and kind = 'handover'
    order by at`)
}

/**
 * The steps of all cases in the order of their instants, each with the row as it was then: the row of its case as it stands, and
 * what was different.
 */
async function insertSteps(db: Db, cases: readonly CaseRows[]): Promise<void> {
  const rows = new Map(cases.map(({ facts: { id }, steps }) => [id, steps.at(-1)?.data]))
  const steps = cases
    .flatMap(({ facts: { id }, steps: own }) =>
      own.map(({ data, account: _account, ...step }) => ({
        ...step,
        id,
        other: differenceOf(data, rows.get(id)),
      })),
    )
    .toSorted((a, b) => a.at - b.at)
  for (let from = 0; from < steps.length; from += CHUNK * 2) {
    const chunk = steps.slice(from, from + CHUNK * 2).map((step, n) => ({ ...step, n }))
    const bases = [...new Set(chunk.map(({ id }) => id))].map((id) => ({ id, row: bareOf(rows.get(id)) }))
    await db.execute(sql`
      insert into steps (at, actor, role, audience, subject, step, data)
      select ${time('at')}, actor, role, audience, 'event/' || id, step, row || other
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb)
        as s (n integer, id bigint, at float8, actor text, role text, audience text[], step text, other jsonb)
      join jsonb_to_recordset(${JSON.stringify(bases)}::jsonb) as b (id bigint, row jsonb) using (id)
      order by n`)
  }
}

type StepData = CaseRows['steps'][number]['data']

/** What stands beside the row in a step belongs to that step alone. */
function bareOf(data: StepData | undefined): Omit<StepData, 'reason' | 'unit'> | undefined {
  if (!data) return undefined
  const { reason: _reason, unit: _unit, ...row } = data
  return row
}

function differenceOf(data: StepData, last: StepData | undefined): Partial<StepData> {
  const { reason, unit, ...row } = data
  const others = Object.entries(row).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(last?.[name as keyof typeof row]),
  )
  return {
    ...Object.fromEntries(others),
    ...(reason !== undefined && { reason }),
    ...(unit !== undefined && { unit }),
  }
}
