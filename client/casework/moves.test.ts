import { expect, test } from 'vitest'
import type { Actor, Role } from '#contract/accounts'
import { MOVES } from '#contract/casework'
import { FLOW } from '#rules/casework'
import { toggled } from './checked.ts'
import { DESKS } from './desks.ts'
import {
  bulkMovesOf,
  fieldsOf,
  letterOf,
  missingOf,
  movesOfDesk,
  orderOf,
  outcomesOf,
  type Draft,
} from './moves.ts'

const actorAs = (role: Role): Actor => ({
  id: 'account/1',
  account: 1,
  name: '甲',
  duties: [{ role, bound: { kind: 'subdistrict' }, grids: [] }],
})
const EVENT = { important: false }

test.each<[(typeof MOVES)[number], string]>([
  ['sign', ''],
  ['start', ''],
  ['close', ''],
  ['important', ''],
  ['file', 'conditionId'],
  ['reject', 'reason'],
  ['merge', 'into'],
  ['dispatch', 'unit assist'],
  ['verify', 'outcome reason'],
  ['askHold', 'reason until'],
  ['askHandover', 'reason gridId'],
  ['supervise', 'level reason'],
  ['reopen', 'conditionId'],
  ['reply', 'reason'],
  ['refuse', 'reason'],
])('%s asks for: %s', (move, fields) => {
  expect(fieldsOf(move).join(' ')).toBe(fields)
})

test.each<[(typeof MOVES)[number], Draft, string]>([
  ['reject', {}, 'reason'],
  ['reject', { reason: '  ' }, 'reason'],
  ['reject', { reason: '重复' }, ''],
  ['verify', {}, 'outcome'],
  ['verify', { outcome: 'confirmed' }, ''],
  ['check', { outcome: 'failed' }, 'reason'],
  ['check', { outcome: 'failed', reason: '没清' }, ''],
  ['dispatch', {}, 'unit'],
  ['dispatch', { unit: 'CG' }, ''],
  ['reopen', {}, ''],
  ['supervise', { level: 0 }, 'reason'],
])('%s with %j lacks: %s', (move, draft, missing) => {
  expect(missingOf(move, draft).join(' ')).toBe(missing)
})

test('an order is trimmed and carries nothing that was left empty', () => {
  expect(orderOf('verify', { outcome: 'confirmed', reason: '  ' }, EVENT)).toEqual({
    move: 'verify',
    outcome: 'confirmed',
  })
  expect(orderOf('dispatch', { unit: 'CG', assist: [] }, EVENT)).toEqual({ move: 'dispatch', unit: 'CG' })
  expect(orderOf('important', {}, { important: true })).toEqual({ move: 'important', on: false })
})

test('letters of a desk differ, and none is a key of the console', () => {
  const everybody = (['shift-lead', 'dispatcher', 'unit-liaison', 'acceptor', 'commander'] as const).map(
    actorAs,
  )
  for (const desk of DESKS) {
    for (const actor of everybody) {
      const letters = movesOfDesk(desk, actor).map(letterOf)
      expect([desk, new Set(letters).size]).toEqual([desk, letters.length])
    }
  }
  for (const move of MOVES) expect('jkrx/?123456789'.includes(letterOf(move) ?? '#')).toBe(false)
})

test('on any one status a person’s letters mean one move each', () => {
  for (const role of [
    'acceptor',
    'dispatcher',
    'unit-liaison',
    'shift-lead',
    'commander',
    'grid-worker',
  ] as const) {
    const mine = MOVES.filter((move) => FLOW[move].roles.includes(role) && letterOf(move) !== null)
    for (const status of new Set(mine.flatMap((move) => [...FLOW[move].from]))) {
      const here = mine.filter((move) => FLOW[move].from.includes(status)).map(letterOf)
      expect([role, status, here.length]).toEqual([role, status, new Set(here).size])
    }
  }
})

test('what says something about one event only is not for many', () => {
  expect(bulkMovesOf('intake', actorAs('shift-lead'))).toEqual(['askVerify', 'file', 'reject'])
  expect(bulkMovesOf('desk', actorAs('acceptor'))).toEqual([])
  expect(outcomesOf('verify')).toEqual(['confirmed', 'not-found'])
})

const ORDER = [10, 11, 12, 13, 14]

test.each<[string, number[], number | null, number, 'one' | 'range', number[]]>([
  ['a click checks', [], null, 12, 'one', [12]],
  ['a click unchecks', [12], 12, 12, 'one', []],
  ['shift checks up to there', [11], 11, 13, 'range', [11, 12, 13]],
  ['shift works upwards', [13], 13, 11, 'range', [11, 12, 13]],
  ['shift unchecks up to there', [11, 12, 13], 11, 13, 'range', []],
  ['shift without a start is a click', [], null, 13, 'range', [13]],
  ['a start that has left the list is none', [], 99, 13, 'range', [13]],
])('%s', (_, ids, anchor, id, reach, wanted) => {
  const checked = toggled({ ids: new Set(ids), anchor }, ORDER, id, reach)
  expect([...checked.ids].toSorted((a, b) => a - b)).toEqual(wanted)
  expect(checked.anchor).toBe(id)
})
