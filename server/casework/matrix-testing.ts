import type { Actor, Bound, Role } from '../accounts/contract.ts'
import { actorWith, gridsOf, unitOf } from '../accounts/testing.ts'
import { EVENT_STATUSES, type Ask } from '../events/contract.ts'
import type { Move, MoveOrder, Outcome, Request } from './contract.ts'
import { AT, iso } from './subject-testing.ts'

/**
 * Who may do what, where a case stands. Written by hand from the office's rules, not from the table of moves: the two have to
 * agree. + may, . may not as the case stands, - never theirs there (no unit has a part).
 *
 * Columns: Reported Verifying Filed Dispatched Signed Handling haNdled Checking returNed Held | Closed Revisited rejected merged
 */
const OFFICE = `
                                RVFDSHNCRh CVxm
  askVerify                     +......... ....  acceptor shift-lead
  verify                        .+........ ....  grid-worker grid-lead
  file                          ++........ ....  shift-lead commander
  reject                        ++........ ....  shift-lead director
  merge                         +++....... ....  acceptor shift-lead
  dispatch                      ..+.....+. ....  dispatcher commander
  recall                        ...+...... ....  dispatcher
  sign                          ---+....-. ..--  unit-liaison
  return                        ---++...-. ..--  unit-liaison
  start                         ---.+...-. ..--  unit-liaison handler
  handle                        ---.++..-. ..--  unit-liaison handler
  sendBack                      ......+... ....  dispatcher shift-lead
  askCheck                      ......+... ....  acceptor dispatcher shift-lead
  check                         .......+.. ....  grid-worker grid-lead
  close                         ......+... ....  shift-lead director commander
  revisit                       .......... +...  acceptor shift-lead
  askExtend                     ---.++..-. ..--  unit-liaison handler
  askHold                       ---+++..-. ..--  unit-liaison
  askHold                       ..++++..+. ....  dispatcher
  wake                          .........+ ....  dispatcher director
  askHandover                   ++++++++++ ....  grid-worker grid-lead acceptor
  askReopen                     .......... ++..  acceptor grid-worker grid-lead
  reopen                        .......... ++..  shift-lead director
  askAppeal                     ---.....-. ++--  unit-liaison
  supervise                     ++++++++++ ....  commander director
  important                     ++++++++++ ++++  director commander
  reply                         ++++++++++ ++++  acceptor shift-lead
  note                          ++++++++++ ++++  director commander shift-lead acceptor dispatcher unit-liaison handler grid-worker grid-lead
  endorse extend asked          ---.++..-. ..--  unit-liaison
  endorse extend endorsed       .......... ....  unit-liaison dispatcher grid-worker grid-lead
  endorse hold asked            .......... ....  unit-liaison dispatcher grid-worker grid-lead
  endorse handover asked        ++++++++++ ....  grid-worker grid-lead
  endorse reopen asked          .......... ....  unit-liaison dispatcher grid-worker grid-lead
  endorse appeal asked          .......... ++..  dispatcher
  grant extend asked            .......... ....  dispatcher
  grant extend endorsed         ....++.... ....  dispatcher
  grant hold asked              ..++++..+. ....  director commander
  grant handover endorsed       ++++++++++ ....  grid-worker grid-lead
  grant reopen asked            .......... ....  shift-lead director
  grant appeal asked            .......... ....  acceptor
  grant appeal endorsed         .......... ++..  acceptor
  refuse extend asked           ---+++++-+ ++--  unit-liaison
  refuse extend endorsed        ++++++++++ ++++  dispatcher
  refuse hold asked             ++++++++++ ++++  director commander
  refuse handover asked         ++++++++++ ++++  grid-worker grid-lead
  refuse handover endorsed      ++++++++++ ++++  grid-worker grid-lead
  refuse reopen asked           ++++++++++ ++++  shift-lead director
  refuse appeal asked           ++++++++++ ++++  dispatcher
  refuse appeal endorsed        ++++++++++ ++++  acceptor`

/** The same for people of an assisting unit. */
const ASSISTING = `
  sign                          ---+....-. ..--  unit-liaison
  return                        ---+++..-. ..--  unit-liaison
  start                         ---.....-. ..--  unit-liaison handler
  handle                        ---.++++-. ..--  unit-liaison handler
  askExtend                     ---.....-. ..--  unit-liaison handler
  askHold                       ---.....-. ..--  unit-liaison
  askAppeal                     ---.....-. ..--  unit-liaison`

/** A line of the table. */
export interface Row {
  readonly move: Move
  readonly ask: Ask | null
  readonly stage: Request['stage']
  readonly marks: string
  readonly roles: readonly string[]
}

function rowsOf(table: string): Row[] {
  return table.split('\n').flatMap((line) => {
    const [, words = '', open = '', ended = '', roles = ''] =
      /^ +(.*?) {2,}([-+.]{10}) ([-+.]{4}) +(.*)$/.exec(line) ?? []
    if (words === '') return []
    const [move, ask = null, stage = 'asked'] = words.split(' ')
    return [{ move, ask, stage, marks: open + ended, roles: roles.split(' ') } as Row]
  })
}

const OUTCOMES: Readonly<Partial<Record<Move, Outcome>>> = {
  verify: 'not-found',
  check: 'passed',
  revisit: 'satisfied',
}

/** An order that lacks nothing. */
export function orderOf({ move, ask }: Row): MoveOrder {
  return {
    move,
    reason: '理由',
    conditionId: 7,
    into: 13,
    unit: 'HW',
    until: iso(AT + 3_600_000),
    gridId: 2,
    level: 2,
    on: true,
    obligationId: 3,
    ...(OUTCOMES[move] && { outcome: OUTCOMES[move] }),
    ...(ask && { ask }),
  }
}

export const ROWS = rowsOf(OFFICE)
export const ASSISTING_ROWS = rowsOf(ASSISTING)

/** The statuses in the order of the columns. */
export const COLUMNS = EVENT_STATUSES

/** Whether it is decided by those of the grid that is asked, not of the event's own. */
const byTheAsked = ({ move, ask, stage }: Row) =>
  ask === 'handover' && move !== 'endorse' && stage === 'endorsed'

/** Ids of the event's grid, of the one that is asked, and of a third. */
export interface Ground {
  readonly own: number
  readonly asked: number
  readonly third: number
}

/** Somebody whose business it is by place, or is not. */
export function actorIn(
  row: Row,
  role: Role,
  where: 'own' | 'foreign',
  ground: Ground,
  more: { readonly account?: number; readonly unit?: string } = {},
): Actor {
  return actorWith(role, boundOf(row, role, where, ground, more.unit ?? 'HW'), { account: more.account ?? 1 })
}

function boundOf(row: Row, role: Role, where: 'own' | 'foreign', ground: Ground, unit: string): Bound {
  if (role === 'unit-liaison' || role === 'handler') return unitOf(where === 'own' ? unit : 'XF')
  if (where === 'foreign') return gridsOf(ground.third)
  return gridsOf(byTheAsked(row) ? ground.asked : ground.own)
}

/** Rows of the same move for other roles are not this row's business. */
export const isElsewhere = (row: Row, role: Role) =>
  ROWS.some(
    (other) =>
      other !== row &&
      other.move === row.move &&
      other.ask === row.ask &&
      other.stage === row.stage &&
      other.roles.includes(role),
  )

/** Notes are for whoever sees it; who is asked whether a first stage is needed at all learns that before anything else. */
const isForAll = ({ move, marks }: Row) => move === 'note' || (move === 'endorse' && !marks.includes('+'))

const NEVER = '-'.repeat(COLUMNS.length)

/** What the table says of a role along all statuses. */
export function expectedOf(row: Row, role: Role, where: 'own' | 'foreign'): string {
  return row.roles.includes(role) && (where === 'own' || isForAll(row)) ? row.marks : NEVER
}
