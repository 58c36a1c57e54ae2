import { expect, test } from 'vitest'
import { ROLES, type Actor, type Role } from '../accounts/contract.ts'
import { actorWith, gridsOf, unitOf } from '../accounts/testing.ts'
import { EVENT_STATUSES, type Ask } from '../events/contract.ts'
import { MOVES, type Move, type MoveOrder, type Outcome, type Request } from './contract.ts'
import { decide } from './rules.ts'
import { AT, iso, requestOf, rowAt, subjectAt } from './subject-testing.ts'

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

interface Row {
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
function orderOf({ move, ask }: Row): MoveOrder {
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

/** Whether it is decided by those of the grid that is asked, which is 2; the event lies in 1. */
const byTheAsked = ({ move, ask, stage }: Row) =>
  ask === 'handover' && move !== 'endorse' && stage === 'endorsed'

function actorIn(row: Row, role: Role, where: 'own' | 'foreign', unit: string): Actor {
  if (role === 'unit-liaison' || role === 'handler')
    return actorWith(role, unitOf(where === 'own' ? unit : 'XF'))
  const own = byTheAsked(row) ? 2 : 1
  return actorWith(role, gridsOf(where === 'own' ? own : 3))
}

function answer(row: Row, status: (typeof EVENT_STATUSES)[number], actor: Actor, unit: string): string {
  const asked = row.ask ? [requestOf(row.ask, { stage: row.stage })] : []
  const requests = row.move === 'reopen' ? [requestOf('reopen')] : asked
  const subject = subjectAt(status, { requests })
  const order = row.move === 'dispatch' ? orderOf(row) : { ...orderOf(row), unit }
  const verdict = decide(subject, order, actor, AT, { neighbours: [2], target: rowAt('filed') })
  if (verdict.ok) return '+'
  expect(verdict.why.zh).toMatch(/\p{Script=Han}.*。$/u)
  expect(verdict.why.en).toMatch(/^[\p{Script=Latin}"][^\p{Script=Han}]*\.$/u)
  return verdict.kind === 'forbidden' ? '-' : '.'
}

const rows = rowsOf(OFFICE)
const assisting = rowsOf(ASSISTING)
const ORDER = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((n) => EVENT_STATUSES[n] ?? 'merged')

/** What a person may do along all statuses, as the table writes it. */
const along = (row: Row, actor: Actor, unit = 'HW') =>
  ORDER.map((status) => answer(row, status, actor, unit)).join('')

const NEVER = '-'.repeat(ORDER.length)

/** Rows of the same move for other roles are not this row's business. */
const elsewhere = (row: Row, role: Role) =>
  rows.some(
    (other) =>
      other !== row &&
      other.move === row.move &&
      other.ask === row.ask &&
      other.stage === row.stage &&
      other.roles.includes(role),
  )

test.each(rows.map((row) => [row.move, row.ask ?? '', row.stage, row] as const))(
  '%s %s %s',
  (_move, _ask, _stage, row) => {
    const wrong: string[] = []
    for (const role of ROLES) {
      if (elsewhere(row, role)) continue
      for (const where of ['own', 'foreign'] as const) {
        const isTheirs = row.roles.includes(role) && (where === 'own' || isForAll(row))
        const expected = isTheirs ? row.marks : NEVER
        const found = along(row, actorIn(row, role, where, 'HW'))
        if (found !== expected) wrong.push(`${role} ${where}: ${found} instead of ${expected}`)
      }
    }
    expect(wrong).toEqual([])
  },
)

/** Notes are for whoever sees it; who is asked whether a first stage is needed at all learns that before anything else. */
const isForAll = ({ move, marks }: Row) => move === 'note' || (move === 'endorse' && !marks.includes('+'))

test.each(assisting.map((row) => [row.move, row] as const))('%s by an assisting unit', (_move, row) => {
  for (const role of ['unit-liaison', 'handler'] as const) {
    const expected = row.roles.includes(role) ? row.marks : NEVER
    // An assisting unit signs at its own time; here as late as it can.
    const actor = actorWith(role, unitOf('CG'))
    expect([role, along(row, actor, 'CG')]).toEqual([role, expected])
  }
})

test('the table names every move, and holds more than 5,000 combinations', () => {
  expect(new Set(rows.map(({ move }) => move))).toEqual(new Set(MOVES))
  expect(rows.length * ROLES.length * ORDER.length * 2).toBeGreaterThan(5000)
})
