import type { Actor } from '../../accounts/contract.ts'
import { reachAs, type Reach } from '../../accounts/rules.ts'

/** Whose files somebody sees. The database says the same once more, row by row. */
export interface Sight {
  /** Classes that are not guarded. */
  readonly plain: Reach
  /** Guarded classes. */
  readonly guarded: Reach
  /** A mediator sees besides what carries his name; null for others. */
  readonly named: number | null
}

export function sightOf(actor: Actor): Sight {
  return {
    plain: reachAs(actor, ['director', 'shift-lead', 'mediator']),
    guarded: reachAs(actor, ['director']),
    named: actor.duties.some(({ role }) => role === 'mediator') ? actor.account : null,
  }
}

const FIRST_GUARDED = '14'

/** Litigation, party discipline, ethnic and religious matters. */
export function isGuarded(kind: string): boolean {
  return kind >= FIRST_GUARDED
}

/** Whether a file of the class in the grid would be seen by whoever opens it. */
export function maySee(sight: Sight, kind: string, gridId: number): boolean {
  const reach = isGuarded(kind) ? sight.guarded : sight.plain
  return reach.all || reach.grids.includes(gridId)
}
