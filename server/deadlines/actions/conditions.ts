import type { Ctx } from '../../http/mount.ts'
import type { BodyOf, ReplyOf } from '../../http/contract.ts'
import { append } from '../../trail/store.ts'
import type { Condition, ConditionDraft, saveConditions } from '../contract.ts'
import { changes, checkDraft, keyOf, tidyDraft, type Fault } from '../rules.ts'
import { insertConditions, listConditions, lockRules, readClassNames, showLimits } from '../store.ts'
import { dutyOf, faulty, tidyReason } from './faults.ts'

/** Conditions by key, and the classes that they may belong to. */
export interface Known {
  readonly inForce: ReadonlyMap<string, Condition>
  /** Names by code. */
  readonly classes: ReadonlyMap<string, string>
}

/** What is in force, locked against others until the transaction ends. */
export async function lockKnown({ db }: Ctx): Promise<Known> {
  await lockRules(db)
  return readKnown(db)
}

export async function readKnown(db: Ctx['db']): Promise<Known> {
  const inForce = new Map((await listConditions(db)).map((condition) => [keyOf(condition), condition]))
  return { inForce, classes: await readClassNames(db) }
}

/** New versions of the conditions that differ from what is in force; the first faulty one refuses them all. */
export async function changeConditions(
  ctx: Ctx,
  body: BodyOf<typeof saveConditions>,
): Promise<ReplyOf<typeof saveConditions>> {
  const reason = tidyReason(body.reason)
  const known = await lockKnown(ctx)
  const drafts = body.items.map(tidyDraft)
  const keys = drafts.map(keyOf)
  drafts.forEach((draft, n) => {
    const fault = keys.indexOf(keyOf(draft)) < n ? TWICE : faultOf(draft, known, keys)
    if (fault) throw faulty({ ...fault, field: `/items/${n}${fault.field}` })
  })
  const changed = drafts.filter((draft) => isNews(draft, known))
  await write(ctx, changed, known, reason)
  return { changed: changed.length, unchanged: drafts.length - changed.length }
}

export const TWICE: Fault = {
  field: '',
  why: { zh: '与前面的条件重复', en: 'is about the same condition as one before it' },
}

/** What keeps a draft, valid by its schema, from being saved together with those of `keys`. */
export function faultOf(
  draft: ConditionDraft,
  { inForce, classes }: Known,
  keys: readonly string[],
): Fault | null {
  const { category, ordinal, text, closing } = draft
  if (!classes.has(category))
    return {
      field: '/category',
      why: { zh: `没有类别“${category}”`, en: `names no event class: "${category}"` },
    }
  const before = keyOf({ category, ordinal: ordinal - 1 })
  if (ordinal > 1 && !inForce.has(before) && !keys.includes(before))
    return {
      field: '/ordinal',
      why: { zh: `缺少前一个条件 ${before}`, en: `leaves a gap: there is no ${before}` },
    }
  const blank = [
    ['/text/zh', text.zh],
    ['/text/en', text.en],
    ['/closing/zh', closing.zh],
    ['/closing/en', closing.en],
  ].find(([, words]) => words === '')
  if (blank) return { field: blank[0] ?? '', why: { zh: '不能只有空白', en: 'must not be blank' } }
  return checkDraft(draft)
}

export function isNews(draft: ConditionDraft, { inForce }: Known): boolean {
  const old = inForce.get(keyOf(draft))
  return old === undefined || changes(old, draft).length > 0
}

/** Saves drafts that were checked, each with its line in the trail. */
export async function write(
  ctx: Ctx,
  drafts: readonly ConditionDraft[],
  { inForce }: Known,
  reason: string,
): Promise<void> {
  if (drafts.length === 0) return
  const { account, id: actor } = ctx.actor
  const saved = await insertConditions(ctx.db, drafts, { account, at: ctx.now, reason })
  await showLimits(
    ctx.db,
    saved.flatMap(({ category, ordinal }) => (ordinal === 1 ? [category] : [])),
  )
  await append(
    ctx.db,
    saved.map((condition) => ({
      step: 'rule.changed',
      subject: `rule/${keyOf(condition)}`,
      actor,
      ...dutyOf(ctx.actor),
      at: ctx.now,
      data: { condition, before: inForce.get(keyOf(condition)) ?? null, reason },
    })),
  )
}
