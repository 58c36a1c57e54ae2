import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { EventFacts } from '../../events/contract.ts'
import { ms, ROW } from '../../events/store/row.ts'
import type { Case } from '../contract.ts'

/** A case with what only the server works with; instants of its own in milliseconds. */
export interface StoredCase {
  readonly facts: EventFacts
  readonly work: Omit<Case, 'id' | 'version'>
  readonly own: {
    readonly conditionId: number | null
    readonly pauses: readonly { readonly from: number; readonly to: number | null }[]
    readonly heldUntil: number | null
    readonly checkedAt: number | null
    readonly askedGridId: number | null
  }
  /** Through which it came. */
  readonly channel: Case['obligations'][number]['channel']
}

/** As `Date.toISOString` writes it. */
const iso = (column: SQL) => sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const listOf = (object: SQL, rest: SQL) =>
  sql`(select coalesce(json_agg(${object} order by x.id), '[]') from ${rest})`

const ASSIGNMENTS = listOf(
  sql`json_build_object('id', x.id, 'unit', x.unit, 'part', x.part, 'dispatchedAt', ${iso(sql`x.dispatched_at`)},
    'dueAt', ${iso(sql`x.due_at`)}, 'amberAt', ${iso(sql`x.amber_at`)}, 'why', x.why,
    'refuseUntil', ${iso(sql`x.refuse_until`)}, 'signedAt', ${iso(sql`x.signed_at`)},
    'handledAt', ${iso(sql`x.handled_at`)}, 'sentBackAt', ${iso(sql`x.sent_back_at`)},
    'endedAt', ${iso(sql`x.ended_at`)}, 'ending', x.ending, 'reworks', x.reworks)`,
  sql`assignments x where x.event_id = e.id`,
)

const REQUESTS = listOf(
  sql`json_build_object('id', x.id, 'kind', x.kind, 'stage', x.stage, 'askedBy', x.asked_by, 'askedAs', x.asked_as,
    'askedName', a.name, 'askedAt', ${iso(sql`x.asked_at`)}, 'reason', x.reason, 'unit', x.unit, 'gridId', x.grid_id,
    'until', ${iso(sql`x.until`)}, 'decidedAt', ${iso(sql`x.decided_at`)}, 'answer', x.answer)`,
  sql`requests x join accounts a on a.id = x.asked_by where x.event_id = e.id`,
)

const OBLIGATIONS = listOf(
  sql`json_build_object('id', x.id, 'eventId', x.event_id, 'channel', x.channel, 'dueAt', ${iso(sql`x.due_at`)},
    'reply', x.reply, 'repliedAt', ${iso(sql`x.replied_at`)})`,
  sql`obligations x where x.carrier_id = e.id`,
)

const PHOTOS = listOf(
  sql`json_build_object('id', x.id, 'stage', x.stage, 'width', x.width, 'height', x.height, 'bytes', x.bytes,
    'takenAt', ${iso(sql`x.taken_at`)}, 'takenAwayM', round(st_distance(e.geom::geography,
      st_setsrid(st_makepoint(x.taken_lng, x.taken_lat), 4326)::geography)::numeric, 1)::float8,
    'uploadedAt', ${iso(sql`x.uploaded_at`)})`,
  sql`photos x where x.event_id = e.id`,
)

/** The condition that it was filed by, or else the first of its class in force. */
const CONDITION = sql`(
  select json_build_object('id', k.id, 'category', k.category, 'ordinal', k.ordinal, 'version', k.version,
    'text', json_build_object('zh', k.text_zh, 'en', k.text_en),
    'closing', json_build_object('zh', k.closing_zh, 'en', k.closing_en),
    'limit', json_build_object('amount', k.limit_amount, 'unit', k.limit_unit, 'counting', k.counting),
    'urgency', k.urgency, 'amberShare', k.amber_share, 'nearM', k.near_m, 'nearHours', k.near_hours, 'proof', k.proof)
  from conditions k
  where k.id = e.condition_id
    or (e.condition_id is null and k.category = e.category and k.ordinal = 1 and k.retired_at is null))`

const CASE = sql`select ${ROW}, e.channel,
  json_build_object('conditionId', e.condition_id, 'pauses', e.pauses, 'heldUntil', ${ms(sql`e.held_until`)},
    'checkedAt', ${ms(sql`e.checked_at`)}, 'askedGridId', e.asked_grid) as own,
  json_build_object('condition', ${CONDITION}, 'why', e.why, 'extensions', e.extensions, 'holds', e.holds,
    'heldFrom', e.held_from, 'heldUntil', ${iso(sql`e.held_until`)}, 'onTheSpot', e.on_the_spot,
    'checkedAt', ${iso(sql`e.checked_at`)}, 'unscored', e.unscored, 'reworks', e.reworks, 'reopened', e.reopened,
    'mergedInto', e.merged_into,
    'mergedFrom', (select coalesce(json_agg(m.id order by m.id), '[]') from events m where m.merged_into = e.id),
    'assignments', ${ASSIGNMENTS}, 'requests', ${REQUESTS}, 'obligations', ${OBLIGATIONS}, 'photos', ${PHOTOS}) as work
  from events e where e.id = ${sql.placeholder('id')}::bigint`

type CaseRow = EventFacts & Pick<StoredCase, 'work' | 'own' | 'channel'> & Record<string, unknown>

const read = statement<CaseRow>('casework_read', CASE)
const lock = statement<CaseRow>('casework_lock', sql`${CASE} for update of e`)

export async function findCase(db: Db, id: number): Promise<StoredCase | null> {
  return storedOf((await read(db, { id }))[0])
}

/**
 * The case, kept from others until the transaction ends. Whoever had to wait reads the event as the other has left it, but its
 * parts as they were: its version says so.
 */
export async function lockCase(tx: Db, id: number): Promise<StoredCase | null> {
  return storedOf((await lock(tx, { id }))[0])
}

function storedOf(row: CaseRow | undefined): StoredCase | null {
  if (!row) return null
  const { work, own, channel, ...facts } = row
  return { facts, work, own, channel }
}
