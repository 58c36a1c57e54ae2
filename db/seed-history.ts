import { sql } from 'drizzle-orm'
import type { Placement, GridRef } from '../server/grids/contract.ts'
import type { LimitUnit } from '../server/deadlines/contract.ts'
import type { DemoEvent, DueAt, History } from '../geodata/demo/history.ts'
import type { Db } from './open.ts'

/** What the server knows of events; handed in, because the database layer knows no rules. */
export interface Rules {
  readonly dueAt: (start: number, limit: { readonly amount: number; readonly unit: LimitUnit }) => number
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
  readonly progress?: (line: string) => void
}

const CHUNK = 2000

/** Makes the history by the limits in the database, and stores it with every step of its cases, oldest first. */
export async function seedHistory(
  db: Db,
  { dueAt, locateAll, progress = () => {} }: SeedRules,
  make: (due: DueAt) => History,
): Promise<void> {
  const found = await db.execute<{ code: string; amount: number; unit: LimitUnit }>(
    sql`select code, limit_amount as amount, limit_unit as unit from categories`,
  )
  const limits = new Map(found.rows.map(({ code, ...limit }) => [code, limit]))
  const { events, disputes } = make((category, reportedAt) => {
    const limit = limits.get(category)
    if (!limit) throw new Error(`the demo uses an unknown category ${category}`)
    return dueAt(reportedAt, limit)
  })
  for (let from = 0; from < events.length; from += CHUNK) {
    const chunk = events.slice(from, from + CHUNK)
    const placed = await locateAll(
      db,
      chunk.map(({ position, occurredAt, accuracyM }) => ({
        position,
        at: new Date(occurredAt),
        ...(accuracyM !== null && { accuracyM }),
      })),
    )
    await insertChunk(
      db,
      chunk.map((event, n) => ({ ...event, grid: placed[n]?.grid, placement: placed[n]?.placement })),
    )
    progress(`  已载入事件 events loaded: ${Math.min(from + CHUNK, events.length)} / ${events.length}`)
  }
  await insertSteps(db, events)
  await db.execute(sql`
    insert into disputes (class, grid_id, registered_at, closed_at, due_at, next_due_at, status, outcome)
    select class, g.id, registered.at, closed.at, due.at, case when closed.at is null then due.at end,
      case when closed.at is null then 'mediating' else 'archived' end, case when closed.at is not null then 'performed' end
    from jsonb_to_recordset(${JSON.stringify(disputes)}::jsonb)
      as r (class text, grid text, "registeredAt" float8, "closedAt" float8)
    join grids g on g.code = r.grid
    cross join lateral (select to_timestamp("registeredAt" / 1000.0) as at) registered
    cross join lateral (select to_timestamp("closedAt" / 1000.0) as at) closed
    cross join lateral (select registered.at + interval '30 days' as at) due
    order by "registeredAt"`)
}

type Placed = DemoEvent & {
  readonly grid: GridRef | null | undefined
  readonly placement: Placement | undefined
}

async function insertChunk(db: Db, events: readonly Placed[]): Promise<void> {
  const rows = events.map(({ position: [lng, lat], grid, steps, ...event }) => ({
    ...event,
    lng,
    lat,
    gridId: grid?.id ?? null,
    rule: event.placement?.rule,
    version: steps.length,
  }))
  await db.execute(sql`
    insert into events (category, status, source, occurred_at, reported_at, due_at, amber_at, closed_at, description, address,
      geom, accuracy_m, grid_id, rule, placement, version)
    select category, status, source, to_timestamp("occurredAt" / 1000.0), to_timestamp("reportedAt" / 1000.0),
      to_timestamp("dueAt" / 1000.0), to_timestamp(round(("dueAt" + "reportedAt") / 2) / 1000.0), to_timestamp("closedAt" / 1000.0), description, address,
      st_setsrid(st_makepoint(lng, lat), 4326), "accuracyM", "gridId", rule, placement, version
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (category text, status text, source text,
      "occurredAt" float8, "reportedAt" float8, "dueAt" float8, "closedAt" float8, description text, address text,
      lng float8, lat float8, "accuracyM" real, "gridId" integer, rule text, placement jsonb, version integer)`)
}

/**
 * The steps of all cases in the order of their instants, each with the row as it was then. The events are the only ones
 * in the table, so that their ids follow their order in the history.
 */
async function insertSteps(db: Db, events: readonly DemoEvent[]): Promise<void> {
  const steps = events.flatMap((event, n) =>
    event.steps.map(({ at, step, actor, status }, k) => ({
      n: n + 1,
      at,
      step,
      actor,
      status,
      version: k + 1,
    })),
  )
  steps.sort((a, b) => a.at - b.at)
  for (let from = 0; from < steps.length; from += CHUNK * 5) {
    const chunk = steps.slice(from, from + CHUNK * 5)
    await db.execute(sql`
      with numbered as (select *, row_number() over (order by id) as n from events)
      insert into steps (at, actor, subject, step, data)
      select to_timestamp(s.at / 1000.0), s.actor, 'event/' || e.id, s.step, jsonb_build_object(
        'id', e.id,
        'number', to_char(e.reported_at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || lpad(e.id::text, 6, '0'),
        'category', e.category, 'status', s.status, 'source', e.source,
        'position', jsonb_build_array(st_x(e.geom), st_y(e.geom)), 'address', e.address,
        'gridId', e.grid_id, 'rule', e.rule, 'occurredAt', ${iso('e.occurred_at')}, 'reportedAt', ${iso('e.reported_at')},
        'dueAt', ${iso('e.due_at')}, 'amberAt', ${iso('e.amber_at')}, 'stageDueAt', null, 'units', '[]'::jsonb,
        'asks', '[]'::jsonb, 'supervision', 0, 'important', false, 'reporter', null,
        'closedAt', case when s.status in ('closed', 'rejected', 'merged') then ${iso('e.closed_at')} end,
        'version', s.version)
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb)
        as s (n integer, at float8, step text, actor text, status text, version integer)
      join numbered e on e.n = s.n order by s.at`)
  }
}

/** An instant as JSON has it elsewhere. */
function iso(column: 'e.occurred_at' | 'e.reported_at' | 'e.due_at' | 'e.amber_at' | 'e.closed_at') {
  return sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
