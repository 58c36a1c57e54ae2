import { sql, type SQL } from 'drizzle-orm'
import type { DisputeRow, Mediator, MaskedParty, Referral, Sign } from '../contract.ts'

export type Row<T> = T & Record<string, unknown>

type Instants = 'registeredAt' | 'closedAt' | 'dueAt'

/** A file without its texts, as the server works with it: instants in milliseconds. */
export interface StoredFile extends Omit<DisputeRow, Instants | 'number' | 'next' | 'mediator' | 'parties'> {
  readonly registeredAt: number
  readonly closedAt: number | null
  readonly dueAt: number
  readonly signs: readonly Sign[]
  readonly mediator: Mediator | null
  readonly mediatorId: number | null
  readonly referredTo: Referral | null
  readonly firstDueAt: number | null
  readonly extendedAt: number | null
  readonly agreement: 'written' | 'oral' | null
  readonly effectiveOn: string | null
  readonly performBy: string | null
  readonly confirmation: 'asked' | 'declined' | null
  readonly outcome: 'performed' | 'failed' | 'referred' | null
  readonly sessions: number
  /** Due times of revisits that were not made, the earliest first. */
  readonly revisitsDue: readonly number[]
  readonly parties: readonly MaskedParty[]
}

/** An instant in whole milliseconds. */
export function ms(column: SQL): SQL {
  return sql`(extract(epoch from ${column}) * 1000)::float8`
}

/** Columns of a StoredFile, from `disputes d`. */
export const ROW = sql`
  d.id, d.class, d.subclass, d.grid_id as "gridId", d.scale, d.people, d.signs, d.risk, d.status, d.source,
  ${ms(sql`d.registered_at`)} as "registeredAt", ${ms(sql`d.closed_at`)} as "closedAt", ${ms(sql`d.due_at`)} as "dueAt",
  d.mediator_id as "mediatorId",
  (select json_build_object('id', a.id, 'name', a.name) from accounts a where a.id = d.mediator_id) as mediator,
  d.referred_to as "referredTo", ${ms(sql`d.first_due_at`)} as "firstDueAt", ${ms(sql`d.extended_at`)} as "extendedAt",
  d.agreement, d.effective_on::text as "effectiveOn", d.perform_by::text as "performBy", d.confirmation, d.outcome,
  (select count(*)::int from dispute_sessions s where s.dispute_id = d.id) as sessions,
  (select coalesce(json_agg(${ms(sql`r.due_at`)} order by r.due_at), '[]') from dispute_revisits r
    where r.dispute_id = d.id and r.done_at is null) as "revisitsDue",
  (select coalesce(json_agg(json_build_object('n', p.n, 'part', p.part, 'name', p.name_masked, 'phone', p.phone_masked)
    order by p.n), '[]') from dispute_parties p where p.dispute_id = d.id) as parties,
  d.version`
