import { draftOfFabric, drawingOf, draftFrom, type Drawing } from '#geo/plan/drawing'
import { dutyFor } from '../../events/rules.ts'
import { RIGHTS } from '../../accounts/rules.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import type { forkScenario, Origin, Scenario } from '../contract.ts'
import { findScenario, insertOps, insertScenario, saveHead } from '../store.ts'
import { findPlanOf, readPlan } from '../store/plans.ts'
import { mustFind, shownOf, tell } from './draft.ts'
import { mustKnowWorkers, performAll } from './perform.ts'
import { withDraft, type Studio } from './studio.ts'

/** A new draft from a plan, or from another draft as it stands. */
export async function fork(ctx: Ctx, studio: Studio, body: BodyOf<typeof forkScenario>): Promise<Scenario> {
  const { db, actor, now } = ctx
  const name = nameOf(body.name)
  const { drawing, basePlan } = await originOf(ctx, studio, body.from)
  const by = actor.account
  const id = await insertScenario(db, { name, from: body.from, basePlan, drawing, by, at: now })
  const { ops = [] } = body
  if (ops.length > 0) {
    await mustKnowWorkers(db, ops, '/ops')
    const draft = draftFrom(drawing)
    const all = performAll(draft, ops, '/ops')
    if (!all.ok) throw all.why
    const last = await insertOps(db, {
      scenario: id,
      parent: 0,
      depth: 0,
      version: 1,
      done: all.done,
      by,
      at: now,
    })
    await saveHead(db, id, last.seq, 1, now)
    studio.put(id, { draft, head: last.seq, headId: last.id })
  }
  const made = await mustFind(db, id)
  await tell(ctx, 'forked', made, { role: roleOf(ctx), from: body.from, name, steps: made.steps })
  return shownOf(made)
}

export function nameOf(text: string): string {
  const name = text.trim()
  if (name !== '') return name
  throw refuse('invalid-field', { zh: '请填写方案名称。', en: 'Give the draft a name.' }, { field: '/name' })
}

/** The duty in which drafts are drawn. */
export function roleOf({ actor }: Ctx) {
  return dutyFor(actor, RIGHTS['plans.write']) ?? 'planner'
}

/** The drawing that a draft begins with, and the plan that it would change. */
export async function originOf(
  ctx: Ctx,
  studio: Studio,
  { kind, id }: Origin,
): Promise<{ drawing: Drawing; basePlan: number }> {
  if (kind === 'plan') return { drawing: await drawingOfPlan(ctx, id, '/from/id'), basePlan: id }
  const scenario = await findScenario(ctx.db, id)
  if (!scenario) throw noSuch('/from/id')
  const drawing = await withDraft(studio, ctx.db, scenario, drawingOf)
  const plan = await findPlanOf(ctx.db, id)
  // What has been approved is a plan itself, in which new grids have their codes.
  if (plan) return { drawing: await drawingOfPlan(ctx, plan.id, '/from/id'), basePlan: plan.id }
  return { drawing, basePlan: scenario.basePlan }
}

export async function drawingOfPlan(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  id: number,
  field = '/id',
): Promise<Drawing> {
  const plan = await readPlan(db, id, now)
  if (!plan) throw noSuch(field)
  return drawingOf(draftOfFabric(plan.fabric, plan.labels, plan.grids))
}

function noSuch(field: string) {
  return refuse('not-found', { zh: '没有这个方案。', en: 'There is no such plan or draft.' }, { field })
}
