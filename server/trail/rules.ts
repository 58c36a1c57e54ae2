import { allows, reachOf } from '../accounts/rules.ts'
import type { Actor } from '../accounts/contract.ts'
import { EventRow } from '../events/contract.ts'

/** The tag of those who see every event. */
const EVERY_EVENT = 'events'

/** Of those who see drafts of boundaries. */
export const PLANS = 'plans'

/** Of everybody who is signed in: they all see the grids. */
export const GROUND = 'ground'

/** What the actor listens to: every event, or those of its grids, of its units and its own; drafts, by right; and the ground. */
export function tagsOf(actor: Actor): ReadonlySet<string> {
  return new Set([
    ...(allows(actor, 'signed-in') ? [GROUND] : []),
    ...(allows(actor, 'plans.read') ? [PLANS] : []),
    ...(allows(actor, 'events.read') ? eventTags(actor) : []),
  ])
}

function eventTags(actor: Actor): readonly string[] {
  const { all, grids, units, account } = reachOf(actor, 'events.read')
  return [
    ...(all ? [EVERY_EVENT] : []),
    ...grids.map((id) => `grid/${id}`),
    ...units.map((code) => `unit/${code}`),
    ...(account === null ? [] : [`account/${account}`]),
  ]
}

/** Whether somebody with these tags hears a step. One without an audience is heard by nobody. */
export function hears(tags: ReadonlySet<string>, audience: readonly string[]): boolean {
  return audience.some((tag) => tags.has(tag))
}

/** Whether two sets of tags are the same. */
export function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((tag) => b.has(tag))
}

const SHOWN: Readonly<Record<string, readonly string[]>> = {
  event: Object.keys(EventRow.properties),
  scenario: ['id', 'version', 'status'],
  plan: ['id'],
}

/**
 * What the feed carries of a step's data: the fields of an EventRow where it is about an event, which state a draft is in, and
 * nothing else, so that what a person wrote beside them stays in the trail.
 */
export function shownOf(step: string, data: unknown): Record<string, unknown> {
  const shown = SHOWN[step.split('.', 1)[0] ?? '']
  if (!shown || typeof data !== 'object' || data === null) return {}
  return Object.fromEntries(Object.entries(data).filter(([name]) => shown.includes(name)))
}

/** Order of the trail's ids, `xid-seq`: by transaction, then by number within it. */
export function isAfter(a: string, b: string): boolean {
  const [ax = '0', as = '0'] = a.split('-')
  const [bx = '0', bs = '0'] = b.split('-')
  return ax === bx ? BigInt(as) > BigInt(bs) : BigInt(ax) > BigInt(bx)
}

const ID = /^(0|[1-9][0-9]{0,19})-(0|[1-9][0-9]{0,18})$/

/** Whether a text may be an id of the trail; the columns hold no larger numbers. */
export function isId(text: string): boolean {
  const [, xid = '', seq = ''] = ID.exec(text) ?? []
  return xid !== '' && BigInt(xid) < 2n ** 64n && BigInt(seq) < 2n ** 63n
}
