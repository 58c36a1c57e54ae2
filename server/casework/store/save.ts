import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { Why } from '../../deadlines/contract.ts'
import type { Ask, EventFacts, EventStatus } from '../../events/contract.ts'
import { at, ROW } from '../../events/store/row.ts'
import type { Assignment, Request } from '../contract.ts'

/** What a move writes of an event; instants in ISO. */
export interface CoreText {
  readonly status: EventStatus
  readonly gridId: number | null
  readonly keeperId: number | null
  readonly conditionId: number | null
  readonly dueAt: string
  readonly amberAt: string
  readonly why: Why | null
  readonly extensions: number
  readonly pauses: readonly unknown[]
  readonly heldUntil: string | null
  readonly heldFrom: EventStatus | null
  readonly holds: number
  readonly stageDueAt: string | null
  readonly closedAt: string | null
  readonly units: readonly string[]
  readonly asks: readonly Ask[]
  readonly askedGridId: number | null
  readonly supervision: number
  readonly important: boolean
  readonly unscored: boolean
  readonly reworks: number
  readonly reopened: number
  readonly mergedInto: number | null
  readonly checkedAt: string | null
}

/** `retimed`: the promise was made anew or moved, so that what the sweep has told of it starts again from where it is now. */
export interface Saving {
  readonly id: number
  readonly version: number
  readonly now: Date
  readonly retimed: boolean
}

const saved = statement<EventFacts & Record<string, unknown>>(
  'casework_save',
  sql`
  update events e set status = c.status, grid_id = c."gridId", keeper_id = c."keeperId", condition_id = c."conditionId", due_at = c."dueAt",
    amber_at = c."amberAt", why = c.why, extensions = c.extensions, pauses = c.pauses, held_until = c."heldUntil",
    held_from = c."heldFrom", holds = c.holds, stage_due_at = c."stageDueAt", closed_at = c."closedAt",
    units = array(select jsonb_array_elements_text(c.units)), asks = array(select jsonb_array_elements_text(c.asks)),
    asked_grid = c."askedGridId", supervision = c.supervision, important = c.important, unscored = c.unscored, reworks = c.reworks,
    reopened = c.reopened, merged_into = c."mergedInto", checked_at = c."checkedAt", version = e.version + 1,
    rule = case when e.grid_id is distinct from c."gridId" then 'person' else e.rule end,
    placement = case when e.grid_id is distinct from c."gridId"
      then (e.placement - 'tieBreak') || '{"rule": "person"}'::jsonb else e.placement end,
    told = case when not c.retimed then e.told when c.now < c."amberAt" then 'green'
      when c.now <= c."dueAt" and e.told = 'red' then 'amber' else e.told end,
    escalated = case when c.retimed and c.now <= c."dueAt" then 0 else e.escalated end,
    escalate_at = case when not c.retimed then e.escalate_at when c.now > c."dueAt" and e.escalated > 0 then c.now end
  from json_to_record(${sql.placeholder('core')}) as c (id bigint, version integer, now timestamptz, retimed boolean,
    status text, "gridId" integer, "keeperId" integer, "conditionId" integer, "dueAt" timestamptz, "amberAt" timestamptz, why jsonb,
    extensions smallint, pauses jsonb, "heldUntil" timestamptz, "heldFrom" text, holds smallint,
    "stageDueAt" timestamptz, "closedAt" timestamptz, units jsonb, asks jsonb, "askedGridId" integer, supervision smallint, important boolean,
    unscored boolean, reworks smallint, reopened smallint, "mergedInto" bigint, "checkedAt" timestamptz)
  where e.id = c.id and e.version = c.version
  returning ${ROW}`,
)

/** Writes an event if it still has the version; null if it has not. */
export async function saveCore(tx: Db, core: CoreText, saving: Saving): Promise<EventFacts | null> {
  const text = JSON.stringify({ ...core, ...saving, now: saving.now.toISOString() })
  return (await saved(tx, { core: text }))[0] ?? null
}

type PartText = Omit<Assignment, 'id'> & { readonly id: number | null }

const PARTS = sql`json_to_recordset(${sql.placeholder('parts')}) as p (id bigint, n integer, unit text, part text,
  "dispatchedAt" timestamptz, "dueAt" timestamptz, "amberAt" timestamptz, why jsonb, "refuseUntil" timestamptz,
  "signedAt" timestamptz, "handledAt" timestamptz, "sentBackAt" timestamptz, "endedAt" timestamptz, ending text,
  reworks smallint)`

const changedParts = statement(
  'casework_change_parts',
  sql`
  update assignments a set due_at = p."dueAt", amber_at = p."amberAt", why = p.why, refuse_until = p."refuseUntil",
    signed_at = p."signedAt", handled_at = p."handledAt", sent_back_at = p."sentBackAt", ended_at = p."endedAt",
    ending = p.ending, reworks = p.reworks
  from ${PARTS} where a.id = p.id`,
)

const newParts = statement(
  'casework_new_parts',
  sql`
  insert into assignments (event_id, unit, part, dispatched_at, due_at, amber_at, why, refuse_until)
  select ${sql.placeholder('event')}::bigint, unit, part, "dispatchedAt", "dueAt", "amberAt", why, "refuseUntil"
  from ${PARTS} order by n`,
)

export async function saveParts(tx: Db, event: number, parts: readonly PartText[]): Promise<void> {
  const rows = parts.map((part, n) => ({ ...part, n }))
  const [fresh, known] = [rows.filter(({ id }) => id === null), rows.filter(({ id }) => id !== null)]
  if (known.length > 0) await changedParts(tx, { parts: JSON.stringify(known) })
  if (fresh.length > 0) await newParts(tx, { event, parts: JSON.stringify(fresh) })
}

/** A request made or decided. */
export interface RequestText {
  readonly id: number | null
  readonly kind: Ask
  readonly stage: Request['stage']
  readonly unit?: string | null
  readonly gridId?: number | null
  readonly until?: string | null
  readonly askedAs?: string
}

export interface By {
  /** Null for machines. */
  readonly account: number | null
  readonly at: Date
  readonly reason: string | null
}

export async function saveRequest(tx: Db, event: number, request: RequestText, by: By): Promise<void> {
  if (request.id === null) return await insertRequest(tx, event, request, by)
  const { id, stage } = request
  const mark =
    stage === 'endorsed'
      ? sql`endorsed_by = ${by.account}::integer, endorsed_at = ${at(by.at)}`
      : sql`decided_by = ${by.account}::integer, decided_at = ${at(by.at)}, answer = ${by.reason}`
  await tx.execute(sql`update requests set stage = ${stage}, ${mark} where id = ${id}::bigint`)
}

async function insertRequest(tx: Db, event: number, request: RequestText, by: By): Promise<void> {
  const { kind, stage, unit = null, gridId = null, until = null, askedAs = '' } = request
  await tx.execute(sql`
    insert into requests (event_id, kind, stage, asked_by, asked_as, asked_at, reason, unit, grid_id, until)
    values (${event}::bigint, ${kind}, ${stage}, ${by.account}::integer, ${askedAs}, ${at(by.at)}, ${by.reason}, ${unit},
      ${gridId}::integer, ${until}::timestamptz)`)
}

/** Answers a channel. */
export async function saveReply(tx: Db, obligation: number, by: By): Promise<void> {
  await tx.execute(sql`
    update obligations set reply = ${by.reason}, replied_by = ${by.account}::integer, replied_at = ${at(by.at)}
    where id = ${obligation}::bigint`)
}

/** What was promised for one event is carried by another; so is what had gone into it before. Those events, with their rows. */
export async function carryOver(tx: Db, from: number, to: number): Promise<EventFacts[]> {
  await tx.execute(sql`update obligations set carrier_id = ${to}::bigint where carrier_id = ${from}::bigint`)
  const moved = await tx.execute<EventFacts & Record<string, unknown>>(sql`
    update events e set merged_into = ${to}::bigint, version = version + 1
    where merged_into = ${from}::bigint returning ${ROW}`)
  return moved.rows
}

/** Obligations that move with the clock of their event: `all` when it is filed, later the grid's own; other channels stand. */
export async function retimeObligations(
  tx: Db,
  event: number,
  dueAt: string,
  which: 'all' | 'grid',
): Promise<void> {
  await tx.execute(sql`
    update obligations set due_at = ${dueAt}::timestamptz
    where event_id = ${event}::bigint and replied_at is null and ${which} in ('all', channel)`)
}
