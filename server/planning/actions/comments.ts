import { RIGHTS } from '../../accounts/rules.ts'
import { must } from '../../events/actions.ts'
import { checkPosition, dutyFor } from '../../events/rules.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import type { addComment, PlanComment } from '../contract.ts'
import { findComment, insertComment, listComments, resolveComment } from '../store/comments.ts'
import { mustFind, tell } from './draft.ts'

export async function comments({ db }: Ctx, scenario: number): Promise<PlanComment[]> {
  return await listComments(db, (await mustFind(db, scenario)).id)
}

/** Comments do not change the draft: nobody's operation is refused for one. */
export async function comment(
  ctx: Ctx,
  id: number,
  { position, text }: BodyOf<typeof addComment>,
): Promise<PlanComment> {
  const scenario = await mustFind(ctx.db, id)
  const said = text.trim()
  if (said === '')
    throw refuse('invalid-field', { zh: '请写下意见。', en: 'Write a comment.' }, { field: '/text' })
  const made = await insertComment(
    ctx.db,
    id,
    { position: must(checkPosition(position)), text: said },
    { account: ctx.actor.account, now: ctx.now },
  )
  await tell(ctx, 'commented', scenario, { role: readerOf(ctx), comment: made })
  return await mustFindComment(ctx, id, made)
}

export async function resolve(ctx: Ctx, id: number, which: number): Promise<PlanComment> {
  const scenario = await mustFind(ctx.db, id)
  const found = await mustFindComment(ctx, id, which)
  if (found.resolvedAt !== null) return found
  await resolveComment(ctx.db, which, { account: ctx.actor.account, now: ctx.now })
  await tell(ctx, 'commented', scenario, { role: readerOf(ctx), comment: which, resolved: true })
  return await mustFindComment(ctx, id, which)
}

function readerOf({ actor }: Ctx) {
  return dutyFor(actor, RIGHTS['plans.read']) ?? 'planner'
}

async function mustFindComment({ db }: Ctx, scenario: number, id: number): Promise<PlanComment> {
  const found = await findComment(db, scenario, id)
  if (found) return found
  throw refuse('not-found', { zh: '没有这条意见。', en: 'There is no such comment.' }, { field: '/comment' })
}
