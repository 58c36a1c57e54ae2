import type { Db } from '#db/open'
import { toPosition } from '#geo/lattice'
import type { Draft } from '#geo/plan/draft'
import type { Op, Refused } from '#geo/plan/op'
import { apply, inverseOf, type Patch } from '#geo/plan/patch'
import { perform } from '#geo/plan/perform'
import { sentenceOf } from '#geo/plan/refusals'
import { refuse, type Refusal } from '../../http/problems.ts'
import type { PlanOp } from '../contract.ts'
import { listWorkers } from '../store/sites.ts'

interface Done {
  readonly op: PlanOp
  readonly patch: Patch
}

export type DoneAll =
  | { readonly ok: true; readonly done: readonly Done[] }
  | { readonly ok: false; readonly why: Refusal }

/** Refuses a worker who is not there: the kernel knows only who has which grid. */
export async function mustKnowWorkers(db: Db, ops: readonly PlanOp[], field: string): Promise<void> {
  const named = ops.flatMap((op, n) =>
    op.kind === 'edit' && typeof op.worker === 'number' ? [{ worker: op.worker, n }] : [],
  )
  if (named.length === 0) return
  const known = new Set((await listWorkers(db)).map(({ id }) => id))
  const stranger = named.find(({ worker }) => !known.has(worker))
  if (!stranger) return
  const why = { zh: '没有这个网格员。', en: 'There is no such worker.' }
  throw refuse('invalid-field', why, { field: `${field}/${stranger.n}/worker` })
}

/** Does all of the operations, or none and says which one was refused, why and where. `field` is where they stand in the request. */
export function performAll(draft: Draft, ops: readonly PlanOp[], field: string): DoneAll {
  const done: Done[] = []
  for (const [n, op] of ops.entries()) {
    // The contract's union is the kernel's, with lists of two numbers for points.
    const answer = perform(draft, op as Op)
    if (answer.ok) {
      done.push({ op, patch: answer.patch })
      continue
    }
    const why = refusalOf(draft, answer, `${field}/${n}`)
    for (const { patch } of done.toReversed()) apply(draft, inverseOf(patch))
    return { ok: false, why }
  }
  return { ok: true, done }
}

function refusalOf(draft: Draft, refused: Refused, field: string): Refusal {
  const sentence = (language: 'name' | 'nameEn') =>
    sentenceOf(refused, (key) => draft.grids.get(key)?.[language] ?? String(key))
  const { rule, grids, at } = refused
  const why = { zh: sentence('name').zh, en: sentence('nameEn').en }
  return refuse('refused', why, { field, choices: [{ rule, grids, at: at && toPosition(at) }] })
}
