import type { Actor } from '#contract/accounts'
import { allows } from '#rules/accounts'
import { DESK_ROLES, type Desk } from '../casework/desks.ts'
import { PANELS, type PanelName } from '../data/view.ts'

/** The desks are for those whose roles work there; all else follows from the table of rights. */
const POLICIES = {
  live: 'events.read',
  mine: 'events.move',
  events: 'events.read',
  disputes: 'disputes.read',
  grids: 'signed-in',
  planning: 'plans.read',
  rules: 'rules.read',
  people: 'accounts.manage',
  audit: 'audit.read',
  settings: 'signed-in',
} as const

function maySee(panel: PanelName, actor: Actor): boolean {
  if (!isDesk(panel)) return allows(actor, POLICIES[panel])
  return actor.duties.some(({ role }) => DESK_ROLES[panel].includes(role))
}

const isDesk = (panel: PanelName): panel is Desk => panel in DESK_ROLES

/** The panels that a person may use, in the order of the rail. */
export function panelsOf(actor: Actor): readonly PanelName[] {
  return PANELS.filter((panel) => maySee(panel, actor))
}

/** What somebody's day is about, for those who have no events to look at. */
const HOMES = ['live', 'people', 'audit', 'disputes', 'planning', 'grids'] as const

/** The panel to show for the one that the address asks for: the same, or the person's own first one. */
export function panelFor(asked: PanelName | null, actor: Actor): PanelName | null {
  if (asked === null || maySee(asked, actor)) return asked
  return HOMES.find((panel) => maySee(panel, actor)) ?? null
}
