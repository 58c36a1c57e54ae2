import { expect, test } from 'vitest'
import { netOf, queued, type Change, type Parcel } from './queue.ts'

const lock = (grid: number) => ({ kind: 'lock', grid }) as const
const ops = (...grids: number[]): Change => ({ ops: grids.map(lock) })

const parcelsOf = (...changes: Change[]): readonly Parcel[] =>
  changes.reduce<readonly Parcel[]>((queue, change, i) => queued(queue, change, `k${i}`), [])

test.each<[string, Change[], Change[]]>([
  // what is done                               what will be sent
  ['gestures travel one by one', [ops(1), ops(2)], [ops(1), ops(2)]],
  ['so do presses of undo', [{ undo: 1 }, { undo: 2 }], [{ undo: 3 }]],
  ['and of redo', [{ redo: 1 }, { redo: 1 }], [{ redo: 2 }]],
  ['the order stays', [ops(1), { undo: 1 }, ops(2)], [ops(1), { undo: 1 }, ops(2)]],
])('%s', (_, done, sent) => {
  expect(parcelsOf(...done).map(({ change }) => change)).toEqual(sent)
})

test('what was sent once keeps its key and its content', () => {
  const [first] = parcelsOf(ops(1))
  const queue = queued([{ ...(first as Parcel), sent: true }], ops(2), 'later')
  expect(queue.map(({ key, change }) => [key, change])).toEqual([
    ['k0', ops(1)],
    ['later', ops(2)],
  ])
})

test.each<[string, Change[], number[], number]>([
  // what was done                                           what stands at its end, undone before it
  ['operations', [ops(1, 2)], [1, 2], 0],
  ['one taken back', [ops(1, 2), { undo: 1 }], [1], 0],
  ['and done again', [ops(1, 2), { undo: 2 }, { redo: 1 }], [1], 0],
  ['more than one has done', [ops(1), { undo: 3 }], [], 2],
  ['and half of that done again', [ops(1), { undo: 3 }, { redo: 1 }], [], 1],
  ['and all of it', [ops(1), { undo: 3 }, { redo: 3 }], [1], 0],
  ['a new operation ends what could be done again', [ops(1), { undo: 1 }, ops(2), { redo: 1 }], [2], 0],
])('net of %s', (_, done, left, undone) => {
  expect(netOf(parcelsOf(...done))).toEqual({ ops: left.map(lock), undone })
})
