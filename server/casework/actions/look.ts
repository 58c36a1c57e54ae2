import { reachOf, reaches } from '../../accounts/rules.ts'
import { rowOf } from '../../events/rules.ts'
import type { ReplyOf } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import type { Case, findNear, suggestUnits } from '../contract.ts'
import { findCase, listNear, listUnitLoads } from '../store.ts'
import { load } from './load.ts'

export async function readWork({ db, actor }: Ctx, id: number): Promise<Case> {
  const { stored, subject } = await load(db, actor, id, findCase)
  return { id, version: subject.event.version, ...stored.work }
}

/** Likely duplicates among what the actor may see. */
export async function nearby({ db, actor }: Ctx, id: number): Promise<ReplyOf<typeof findNear>> {
  await load(db, actor, id, findCase)
  const reach = reachOf(actor, 'events.read')
  const found = await listNear(db, id)
  return found
    .filter((near) => reaches(reach, near))
    .map(({ metres, hours, ...facts }) => ({ event: rowOf(facts), metres, hours }))
}

export async function unitsFor({ db, actor, now }: Ctx, id: number): Promise<ReplyOf<typeof suggestUnits>> {
  await load(db, actor, id, findCase)
  return await listUnitLoads(db, id, now)
}
