import type { Db } from '#db/open'
import { allows, reachOf, reaches } from '../../accounts/rules.ts'
import type { Actor } from '../../accounts/contract.ts'
import { rowOf } from '../../events/rules.ts'
import { refuse, type Refusal } from '../../http/problems.ts'
import type { Core, Subject } from '../rules.ts'
import type { StoredCase } from '../store.ts'

/** A case as it was read, in the shapes that the rules look at. */
export interface Loaded {
  readonly stored: StoredCase
  readonly subject: Subject
  readonly core: Core
}

/** The case for those who may see it; the others are told what they would be told of one that does not exist. */
export async function load(
  db: Db,
  actor: Actor,
  id: number,
  find: (db: Db, id: number) => Promise<StoredCase | null>,
): Promise<Loaded> {
  const stored = await find(db, id)
  if (!stored || !mayRead(actor, stored)) throw noEvent()
  return loadedOf(stored)
}

export function loadedOf(stored: StoredCase): Loaded {
  const { facts, work, own } = stored
  const event = rowOf(facts)
  const { status, gridId, keeperId, dueAt, amberAt, stageDueAt, closedAt, units, asks } = facts
  const { supervision, important } = facts
  const { why, extensions, holds, heldFrom, unscored, reworks, reopened, mergedInto } = work
  const held = { status, gridId, keeperId, units, asks, supervision, important }
  const seen = { ...held, dueAt, amberAt, stageDueAt, closedAt }
  const kept = { why, extensions, holds, heldFrom, unscored, reworks, reopened, mergedInto }
  return { stored, subject: { event, work }, core: { ...seen, ...kept, ...own } }
}

/** Those who see its events, and whoever is asked to take it over: by their units, also what these once had in hand. */
export function mayRead(actor: Actor, { facts, work, own }: StoredCase): boolean {
  if (!allows(actor, 'events.read')) return false
  const reach = reachOf(actor, 'events.read')
  const units = [...facts.units, ...work.assignments.map(({ unit }) => unit)]
  if (reaches(reach, { ...facts, units })) return true
  return own.askedGridId !== null && reach.grids.includes(own.askedGridId)
}

function noEvent(): Refusal {
  return refuse('not-found', { zh: '没有这个事件。', en: 'There is no such event.' }, { field: '/id' })
}
