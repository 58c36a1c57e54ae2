import { expect, test } from 'vitest'
import type { Actor, Bound, Role } from '#contract/accounts'
import type { EventRow } from '#contract/events'
import { rowFor } from '../data/testing.ts'
import { taskOf, tasksOf } from './tasks.ts'

const NOW = Date.parse('2026-03-06T09:00:00Z')
const LATE = { reportedAt: '2026-03-06T08:00:00Z', dueAt: '2026-03-06T08:30:00Z' }
const actorAs = (role: Role, bound: Bound = { kind: 'subdistrict' }, grids: number[] = []): Actor => ({
  id: 'account/12',
  account: 12,
  name: '甲',
  duties: [{ role, bound, grids }],
})
const WORKER = actorAs('grid-worker', { kind: 'grids', grids: [1] }, [1])
const UNIT = actorAs('unit-liaison', { kind: 'unit', unit: 'CG' })

test.each<[string, Actor, Partial<EventRow>, string | null]>([
  // who                  event                                                    what is to be done
  ['grid worker', WORKER, { status: 'verifying' }, 'verify'],
  ['grid worker', WORKER, { status: 'checking' }, 'check'],
  ['grid worker', WORKER, { status: 'verifying', gridId: 2 }, null],
  ['grid worker', WORKER, { status: 'handling', gridId: 2, reporter: 12 }, 'follow'],
  ['grid worker', WORKER, { status: 'verifying', gridId: 2, reporter: 12 }, 'follow'],
  ['unit', UNIT, { status: 'dispatched', units: ['CG'] }, 'sign'],
  ['unit', UNIT, { status: 'handling', units: ['CG'] }, 'handle'],
  ['unit', UNIT, { status: 'handling', units: ['CG'], ...LATE }, 'overdue'],
  ['unit', UNIT, { status: 'handling', units: ['HW'] }, null],
  ['unit', UNIT, { status: 'handled', units: ['CG'] }, null],
  ['acceptor', actorAs('acceptor'), { status: 'reported' }, 'file'],
  ['shift lead', actorAs('shift-lead'), { status: 'handled' }, 'close'],
  ['dispatcher', actorAs('dispatcher'), { status: 'returned' }, 'dispatch'],
  ['dispatcher', actorAs('dispatcher'), { status: 'handling', asks: ['extend'] }, 'decide'],
  ['dispatcher', actorAs('dispatcher'), { status: 'handling', asks: ['hold'] }, null],
  ['director', actorAs('director'), { status: 'handling', asks: ['hold'] }, 'decide'],
  ['commander', actorAs('commander'), { status: 'handling', ...LATE }, 'supervise'],
  ['commander', actorAs('commander'), { status: 'handling', supervision: 1, ...LATE }, null],
  ['commander', actorAs('commander'), { status: 'held', ...LATE }, null],
  ['evaluator', actorAs('evaluator'), { status: 'reported' }, null],
])('for a %#. %s', (_, actor, part, task) => {
  expect(taskOf(rowFor(part), actor, NOW)).toBe(task)
})

test('each event is listed once, under the most pressing of what it asks for, by deadline', () => {
  const rows = [
    rowFor({ id: 1, status: 'handling', units: ['CG'], dueAt: '2026-03-06T12:00:00Z' }),
    rowFor({ id: 2, status: 'handling', units: ['CG'], dueAt: '2026-03-06T11:00:00Z' }),
    rowFor({ id: 3, status: 'handling', units: ['CG'], asks: ['extend'], ...LATE }),
    rowFor({ id: 4, status: 'dispatched', units: ['CG'] }),
  ]
  const lists = tasksOf(rows, UNIT, NOW).map(({ task, rows: found }) => [task, found.map(({ id }) => id)])
  expect(lists).toEqual([
    ['overdue', [3]],
    ['sign', [4]],
    ['handle', [2, 1]],
  ])
})
