import { expect, test } from 'vitest'
import { ROLES, type Actor } from '../accounts/contract.ts'
import type { EventStatus } from '../events/contract.ts'
import { MOVES } from './contract.ts'
import {
  actorIn,
  ASSISTING_ROWS,
  COLUMNS,
  expectedOf,
  isElsewhere,
  orderOf,
  ROWS,
  type Row,
} from './matrix-testing.ts'
import { decide } from './rules.ts'
import { AT, requestOf, rowAt, subjectAt } from './subject-testing.ts'

const GROUND = { own: 1, asked: 2, third: 3 }

function answer(row: Row, status: EventStatus, actor: Actor, unit: string): string {
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

/** What a person may do along all statuses, as the table writes it. */
const along = (row: Row, actor: Actor, unit = 'HW') =>
  COLUMNS.map((status) => answer(row, status, actor, unit)).join('')

test.each(ROWS.map((row) => [row.move, row.ask ?? '', row.stage, row] as const))(
  '%s %s %s',
  (_move, _ask, _stage, row) => {
    const wrong: string[] = []
    for (const role of ROLES) {
      if (isElsewhere(row, role)) continue
      for (const where of ['own', 'foreign'] as const) {
        const expected = expectedOf(row, role, where)
        const found = along(row, actorIn(row, role, where, GROUND))
        if (found !== expected) wrong.push(`${role} ${where}: ${found} instead of ${expected}`)
      }
    }
    expect(wrong).toEqual([])
  },
)

test.each(ASSISTING_ROWS.map((row) => [row.move, row] as const))('%s by an assisting unit', (_move, row) => {
  for (const role of ['unit-liaison', 'handler'] as const) {
    const actor = actorIn(row, role, 'own', GROUND, { unit: 'CG' })
    expect([role, along(row, actor, 'CG')]).toEqual([role, expectedOf(row, role, 'own')])
  }
})

test('the table names every move, and holds more than 5,000 combinations', () => {
  expect(new Set(ROWS.map(({ move }) => move))).toEqual(new Set(MOVES))
  expect(ROWS.length * ROLES.length * COLUMNS.length * 2).toBeGreaterThan(5000)
})
