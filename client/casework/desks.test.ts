import { expect, test } from 'vitest'
import type { Actor, Bound, Role } from '#contract/accounts'
import type { EventRow } from '#contract/events'
import { rowFor } from '../data/testing.ts'
import { countDesks, DESKS, desksOf, filterOf, groupOf, listDesk, onDesk, type Desk } from './desks.ts'

const NOW = Date.parse('2026-03-06T09:00:00Z')
const LATE = { dueAt: '2026-03-06T08:30:00Z', reportedAt: '2026-03-06T08:00:00Z' }
const LEGACY = { dueAt: '2026-02-01T00:00:00Z', reportedAt: '2026-01-31T00:00:00Z' }

const EVERYWHERE: Bound = { kind: 'subdistrict' }
const actorAs = (role: Role, bound: Bound = EVERYWHERE, grids: number[] = []): Actor => ({
  id: 'account/12',
  account: 12,
  name: '甲',
  duties: [{ role, bound, grids }],
})
const shiftLead = actorAs('shift-lead')
const ofUnit = (unit: string) => actorAs('unit-liaison', { kind: 'unit', unit })

test.each<[string, Partial<EventRow>, string]>([
  // what                          event                                                   desks of a shift lead
  ['a new report', { status: 'reported' }, 'intake'],
  ['being verified', { status: 'verifying' }, 'intake'],
  ['filed', { status: 'filed' }, 'dispatch'],
  ['returned by a unit', { status: 'returned' }, 'dispatch'],
  ['at a unit', { status: 'handling', units: ['CG'] }, ''],
  ['at a unit that asks for time', { status: 'handling', asks: ['extend'] }, 'dispatch'],
  ['at a unit that asks for a hold', { status: 'signed', asks: ['hold'] }, 'dispatch'],
  ['handled', { status: 'handled' }, 'closing'],
  ['being checked', { status: 'checking' }, 'closing'],
  ['asked to be opened again', { status: 'closed', closedAt: LATE.dueAt, asks: ['reopen'] }, 'closing'],
  ['in no grid', { status: 'handling', gridId: null, rule: 'outside' }, 'desk'],
  ['on a shared border', { status: 'handling', rule: 'shared-border' }, 'desk'],
  ['to be handed over', { status: 'handling', asks: ['handover'] }, 'desk'],
  ['late', { status: 'handling', ...LATE }, 'supervision'],
  ['late, but on hold', { status: 'held', ...LATE }, ''],
  ['late, but closed', { status: 'closed', closedAt: '2026-03-06T08:50:00Z', ...LATE }, ''],
  ['under a card', { status: 'handling', supervision: 2 }, 'supervision'],
  ['important', { status: 'handling', important: true }, 'supervision'],
  ['new, in no grid, and late', { status: 'reported', gridId: null, ...LATE }, 'intake desk supervision'],
])('%s', (_, part, desks) => {
  expect(desksOf(rowFor(part), shiftLead, NOW).join(' ')).toBe(desks)
})

test('a unit has at its desk what it was given, and nobody else has it there', () => {
  const row = rowFor({ status: 'dispatched', units: ['CG', 'HW'] })
  expect(onDesk('unit', row, ofUnit('CG'), NOW)).toBe(true)
  expect(onDesk('unit', row, ofUnit('HW'), NOW)).toBe(true)
  expect(onDesk('unit', row, ofUnit('SZ'), NOW)).toBe(false)
  expect(onDesk('unit', row, shiftLead, NOW)).toBe(false)
})

test('a desk of some grids has their events only', () => {
  const lead = actorAs('grid-lead', { kind: 'community', community: '0101' }, [3, 4])
  expect(onDesk('desk', rowFor({ gridId: 3, asks: ['handover'] }), lead, NOW)).toBe(true)
  expect(onDesk('desk', rowFor({ gridId: 5, asks: ['handover'] }), lead, NOW)).toBe(false)
  expect(onDesk('desk', rowFor({ gridId: null }), lead, NOW)).toBe(false)
})

test.each<[Desk, Partial<EventRow>, string]>([
  ['unit', { status: 'dispatched' }, 'toSign'],
  ['unit', { status: 'handling' }, 'inHand'],
  ['unit', { status: 'dispatched', ...LATE }, 'late'],
  ['unit', { status: 'handling', dueAt: '2026-03-06T09:10:00Z' }, 'soon'],
  ['supervision', { supervision: 1, ...LEGACY }, 'card'],
  ['supervision', LEGACY, 'legacy'],
  ['supervision', LATE, 'late'],
  ['supervision', { important: true }, 'important'],
  ['dispatch', { status: 'handling', asks: ['extend'] }, 'asked'],
  ['desk', { gridId: null, asks: ['handover'] }, 'handover'],
])('%s: %j is under %s', (desk, part, group) => {
  expect(groupOf(desk, rowFor(part), NOW)).toBe(group)
})

test('a desk lists by heading, then the clock that it works against: its own stage, else the promise', () => {
  const rows = [
    rowFor({ id: 1, status: 'verifying', stageDueAt: '2026-03-06T08:10:00Z' }),
    rowFor({ id: 2, status: 'reported', stageDueAt: '2026-03-06T09:30:00Z', dueAt: '2026-03-06T10:00:00Z' }),
    rowFor({ id: 3, status: 'reported', stageDueAt: '2026-03-06T09:15:00Z' }),
    rowFor({ id: 4, status: 'filed' }),
  ]
  expect(listDesk('intake', rows, shiftLead, NOW).map(({ id }) => id)).toEqual([3, 2, 1])
})

test('the count of a desk is the length of its list', () => {
  const rows = [
    rowFor({ id: 1, status: 'reported', gridId: null, ...LATE }),
    rowFor({ id: 2, status: 'handled', important: true }),
    rowFor({ id: 3, status: 'handling', units: ['CG'], ...LATE }),
  ]
  for (const actor of [shiftLead, ofUnit('CG'), actorAs('acceptor')]) {
    const counts = countDesks(rows, actor, NOW)
    for (const desk of DESKS)
      expect([desk, counts[desk]]).toEqual([desk, listDesk(desk, rows, actor, NOW).length])
  }
})

test('where one filter of the server says the same, the list can be exported', () => {
  expect(filterOf('intake', shiftLead)).toEqual({ status: ['reported', 'verifying'] })
  expect(filterOf('unit', ofUnit('CG'))).toEqual({
    status: ['dispatched', 'signed', 'handling'],
    unit: ['CG'],
  })
  expect(filterOf('supervision', shiftLead)).toBe(null)
})
