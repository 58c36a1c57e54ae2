import type { Policy } from '../http/contract.ts'
import type { Actor, Role } from './contract.ts'

export { BOUNDS, faultOf } from './rules/duties.ts'
export { weaknessOf } from './rules/passwords.ts'

type Right = Exclude<Policy, 'public' | 'signed-in'>

const CENTRE = ['director', 'commander', 'shift-lead', 'acceptor', 'dispatcher'] as const
const UNITS = ['unit-liaison', 'handler'] as const
const FIELD = ['grid-worker', 'grid-lead'] as const

/** The one table of rights: which roles may do what. Where they may follows from the bound of the duty. */
export const RIGHTS: Readonly<Record<Right, readonly Role[]>> = {
  'events.read': [...CENTRE, ...UNITS, ...FIELD, 'evaluator'],
  /** Figures without a case: heat, totals. */
  'events.count': [...CENTRE, ...UNITS, ...FIELD, 'evaluator', 'planner'],
  'events.report': [...CENTRE, ...UNITS, ...FIELD],
  'events.move': [...CENTRE, ...UNITS, ...FIELD],
  'rules.read': [
    ...CENTRE,
    ...UNITS,
    ...FIELD,
    'mediator',
    'evaluator',
    'planner',
    'administrator',
    'auditor',
  ],
  'rules.write': ['administrator'],
  'disputes.read': ['director', 'shift-lead', 'mediator'],
  'disputes.write': ['director', 'shift-lead', 'mediator'],
  /** Drafts of boundaries. Who may draw does not approve. */
  'plans.read': ['director', 'commander', 'shift-lead', 'planner'],
  'plans.write': ['planner'],
  'plans.approve': ['director'],
  'accounts.manage': ['administrator'],
  'audit.read': ['auditor'],
}

/** Where some of an actor's duties reach. `all` is the whole sub-district. */
export interface Reach {
  readonly all: boolean
  readonly grids: readonly number[]
  readonly units: readonly string[]
  readonly account: number | null
}

/** Whether any duty of the actor gives the right, wherever. */
export function allows(actor: Actor, policy: Policy): boolean {
  if (policy === 'public') return true
  if (policy === 'signed-in') return actor.account !== null
  return actor.duties.some(({ role }) => RIGHTS[policy].includes(role))
}

/** Where the actor has the right: what a list query must be narrowed to. */
export function reachOf(actor: Actor, right: Right): Reach {
  return reachAs(actor, RIGHTS[right])
}

/** Where the actor acts in one of these roles. */
export function reachAs(actor: Actor, roles: readonly Role[]): Reach {
  const duties = actor.duties.filter(({ role }) => roles.includes(role))
  return {
    all: duties.some(({ bound }) => bound.kind === 'subdistrict'),
    grids: [...new Set(duties.flatMap(({ grids }) => grids))],
    units: [...new Set(duties.flatMap(({ bound }) => (bound.kind === 'unit' ? [bound.unit] : [])))],
    account: actor.account,
  }
}

/** What decides whether an event lies within a reach. */
export interface Located {
  readonly gridId: number | null
  /** Grid that has taken it over with the ground, where one has. */
  readonly keeperId?: number | null
  /** Units at work on it. */
  readonly units: readonly string[]
  /** Account of who reported it. */
  readonly reporter: number | null
}

/** The grid whose people have an object in hand; null on the border desk. */
export function holderOf({ gridId, keeperId = null }: Pick<Located, 'gridId' | 'keeperId'>): number | null {
  return keeperId ?? gridId
}

/** Whether an object lies within a reach. Own reports always do. */
export function reaches(reach: Reach, { units, reporter, ...held }: Located): boolean {
  if (reach.all) return true
  const holder = holderOf(held)
  if (holder !== null && reach.grids.includes(holder)) return true
  if (units.some((unit) => reach.units.includes(unit))) return true
  return reporter !== null && reporter === reach.account
}
