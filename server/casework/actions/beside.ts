import { holderOf } from '../../accounts/rules.ts'
import { findConditions } from '../../deadlines/store.ts'
import { rowOf } from '../../events/rules.ts'
import type { Ctx } from '../../http/mount.ts'
import type { MoveOrder } from '../contract.ts'
import type { Beside } from '../rules.ts'
import { findUnits, listNeighbours, lockCase, type StoredCase } from '../store.ts'
import { mayRead, type Loaded } from './load.ts'

/** Of the two events of a merge the one with the lower id is locked first. */
export async function lockTarget(
  { db, actor }: Ctx,
  id: number,
  { move: name, into }: MoveOrder,
): Promise<StoredCase | null> {
  if (name !== 'merge' || into === undefined || into === id) return null
  if (into > id) await lockCase(db, id)
  const target = await lockCase(db, into)
  return target && mayRead(actor, target) ? target : null
}

/** What the order names, as the rules want to know it. */
export async function lookBeside(
  ctx: Ctx,
  loaded: Loaded,
  order: MoveOrder,
  target: StoredCase | null,
): Promise<Beside> {
  if (order.move === 'merge') return { target: target && rowOf(target.facts) }
  return (await LOOK[order.move]?.(ctx, loaded, order)) ?? {}
}

type Look = (ctx: Ctx, loaded: Loaded, order: MoveOrder) => Promise<Beside>

const LOOK: Readonly<Partial<Record<MoveOrder['move'], Look>>> = {
  file: chosenCondition,
  reopen: chosenCondition,
  dispatch: async ({ db }, _loaded, { unit, assist = [] }) => ({
    units: await findUnits(db, unit === undefined ? assist : [unit, ...assist]),
  }),
  askHandover: async ({ db, now }, { subject }) => {
    const holder = holderOf(subject.event)
    return { neighbours: holder === null ? [] : await listNeighbours(db, holder, now) }
  },
}

async function chosenCondition(
  { db }: Ctx,
  { subject }: Loaded,
  { conditionId }: MoveOrder,
): Promise<Beside> {
  if (conditionId === undefined) return {}
  const { category } = subject.event
  const known = (await findConditions(db, [category])).get(category) ?? []
  return { condition: known.find(({ id }) => id === conditionId) ?? null }
}
