import type { Draft } from '#geo/plan/draft'
import { tidy } from '../../events/rules.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import { changed } from '../actions.ts'
import type { moveScenario, Scenario, ScenarioMove } from '../contract.ts'
import { decide, type Verdict } from '../rules.ts'
import { lockScenario, saveStatus, type Moved, type StoredScenario } from '../store.ts'
import { readLastPlan } from '../store/plans.ts'
import { mustHold, outdated, putBack, putInForce } from './approve.ts'
import { mustFind, shownOf, tell } from './draft.ts'
import { totalsOf } from './impact.ts'
import { withDraft, type Studio } from './studio.ts'

type Order = BodyOf<typeof moveScenario>

/** One move of a draft as a whole, by the version that the person saw. */
export async function moveOn(ctx: Ctx, studio: Studio, id: number, order: Order): Promise<Scenario> {
  const stored = await mustFind(ctx.db, id, lockScenario)
  const verdict = decide(stored, order, ctx.actor, ctx.now.getTime())
  if (!verdict.ok && verdict.kind === 'forbidden') throw refusalOf(verdict)
  if (stored.version !== order.version) throw await changed(ctx, stored, order.version)
  if (!verdict.ok) throw refusalOf(verdict)
  const draft = () => withDraft(studio, ctx.db, stored, (seen) => seen)
  const effect = await EFFECTS[order.move]({ ctx, stored, order, draft })
  const version = stored.version + 1
  await saveStatus(ctx.db, id, { ...effect.moved, status: verdict.to, version }, ctx.now)
  const moved = await mustFind(ctx.db, id)
  const text = tidy(order.text)
  const said = text === null ? {} : { reason: text }
  await tell(ctx, TOLD[order.move], moved, { role: verdict.as, ...said, ...effect.told })
  return shownOf(moved)
}

function refusalOf(verdict: Exclude<Verdict, { ok: true }>) {
  const kind = verdict.kind === 'invalid' ? 'invalid-field' : verdict.kind
  return refuse(kind, verdict.why, { field: verdict.field ?? '/move' })
}

const TOLD: Readonly<Record<ScenarioMove, string>> = {
  submit: 'submitted',
  return: 'returned',
  approve: 'approved',
  withdraw: 'withdrawn',
  archive: 'archived',
  restore: 'restored',
}

interface Move {
  readonly ctx: Ctx
  readonly stored: StoredScenario
  readonly order: Order
  /** As it stands; to be looked at only. */
  readonly draft: () => Promise<Draft>
}

interface Effect {
  readonly moved?: Pick<Moved, 'submitted' | 'decided'>
  /** What the trail keeps beside the state. */
  readonly told?: Readonly<Record<string, unknown>>
}

const EFFECTS: Readonly<Record<ScenarioMove, (move: Move) => Promise<Effect>>> = {
  submit: async ({ ctx, stored, order, draft }) => {
    const last = await readLastPlan(ctx.db)
    if (last?.id !== stored.basePlan) throw outdated(last?.name ?? '')
    const drawn = await draft()
    mustHold(drawn)
    const impact = await totalsOf(ctx, stored, drawn)
    return {
      moved: { submitted: { by: ctx.actor.account, note: tidy(order.text), impact } },
      told: { impact },
    }
  },
  return: async ({ ctx, order }) => ({ moved: { decided: decisionOf(ctx, order) } }),
  approve: async ({ ctx, stored, order, draft }) => {
    const from = new Date(order.effectiveAt ?? '')
    const approved = await putInForce(ctx, stored, await draft(), from)
    return {
      moved: { decided: decisionOf(ctx, order) },
      told: { ...approved, effectiveAt: from.toISOString() },
    }
  },
  withdraw: async ({ ctx, stored, order }) => {
    if (stored.status !== 'approved') return {}
    await putBack(ctx, stored)
    return { moved: { decided: decisionOf(ctx, order) } }
  },
  archive: async () => ({}),
  restore: async () => ({}),
}

function decisionOf({ actor }: Ctx, { text }: Order) {
  return { by: actor.account, reason: tidy(text) }
}
