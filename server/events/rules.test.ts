import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkBox,
  checkOccurred,
  checkPosition,
  eventNumber,
  idOfNumber,
  readCursor,
  rowOf,
  tidy,
  writeCursor,
} from './rules.ts'

const NOW = new Date('2026-03-06T10:00:00+08:00')

test.each([
  // id      reported (UTC)          number
  [1, '2026-03-06T02:00:00Z', '20260306-000001'],
  [123456, '2026-03-06T15:59:59Z', '20260306-123456'],
  [1234567, '2026-03-06T16:00:00Z', '20260307-1234567'], // midnight in China
] as const)('event %i reported at %s is number %s', (id, reported, number) => {
  expect(eventNumber(id, Date.parse(reported))).toBe(number)
  expect(idOfNumber(` ${number} `)).toBe(id)
})

test.each(['', '20260306', '20260306-12', '2026-000001', 'x20260306-000001', '20260306-0000000000000001'])(
  '%j is no event number',
  (text) => expect(idOfNumber(text)).toBeNull(),
)

describe('a position', () => {
  test.each([
    // given                      field, or the position as it is kept
    [
      [119.9, 32.4],
      [119.9, 32.4],
    ],
    [
      [119.90000004, 32.40000006],
      [119.9, 32.4000001],
    ], // to 1e-7 degree
    [
      [-180, -90],
      [-180, -90],
    ],
    [[32.4, 119.9], '/position'],
    [[-32.4, 179.9], '/position'],
    [[200, 10], '/position/0'],
    [[100, 100], '/position/1'],
    [[300, 300], '/position/0'],
    [[1], '/position'],
    [[1, 2, 3], '/position'],
    [[Number.NaN, 1], '/position'],
    [[1, Number.POSITIVE_INFINITY], '/position'],
  ] as const)('%j → %j', (given, expected) => {
    const checked = checkPosition(given)
    expect(checked.ok ? checked.value : checked.fault.field).toEqual(expected)
  })

  test('that is kept stays as it is when kept again', () => {
    const degrees = (max: number) => fc.double({ min: -max, max, noNaN: true })
    fc.assert(
      fc.property(degrees(180), degrees(90), (lng, lat) => {
        const once = checkPosition([lng, lat])
        expect(once.ok && checkPosition(once.value)).toEqual(once)
      }),
    )
  })
})

test.each([
  [undefined, '2026-03-06T02:00:00.000Z'],
  ['2026-03-06T01:00:00+08:00', '2026-03-05T17:00:00.000Z'],
  ['2026-03-06T10:05:00+08:00', '2026-03-06T02:00:00.000Z'], // a clock that runs ahead: now
  ['2026-03-06T10:05:01+08:00', '/occurredAt'],
  ['2000-01-01T00:00:00+08:00', '1999-12-31T16:00:00.000Z'],
  ['1999-12-31T23:59:59+08:00', '/occurredAt'],
  ['2016-12-31T23:59:60Z', '/occurredAt'],
])('happened at %s → %s', (given, expected) => {
  const checked = checkOccurred(given, NOW)
  expect(checked.ok ? checked.value.toISOString() : checked.fault.field).toBe(expected)
})

test.each([
  [undefined, null],
  ['', null],
  [' \n\t\u3000', null],
  [' 路边 垃圾 ', '路边 垃圾'],
])('text %j is kept as %j', (given, kept) => expect(tidy(given)).toBe(kept))

test.each([
  ['119,32,120,33', [119, 32, 120, 33]],
  ['0,0,0,0', [0, 0, 0, 0]],
  ['120,32,119,33', null],
  ['119,33,120,32', null],
  ['-181,0,0,0', null],
  ['0,0,0,91', null],
  ['1,2,3', null],
  ['.,.,.,.', null],
])('box %j → %j', (text, expected) => {
  const checked = checkBox(text)
  expect(checked.ok ? checked.value : null).toEqual(expected)
})

test('a cursor comes back as it was, and only to a list sorted alike', () => {
  const cursor = { micros: 1_795_419_955_806_000, id: 42 }
  expect(readCursor('due', writeCursor('due', cursor))).toEqual({ ok: true, value: cursor })
  expect(readCursor('newest', writeCursor('due', cursor)).ok).toBe(false)
  expect(readCursor('due', 'due.1').ok).toBe(false)
})

test('a row says its instants in ISO and its number in words', () => {
  const row = rowOf({
    id: 7,
    category: '01-10',
    status: 'closed',
    source: 'patrol',
    position: [119.9, 32.4],
    address: null,
    gridId: null,
    keeperId: null,
    rule: 'outside',
    occurredAt: NOW.getTime() - 1,
    reportedAt: NOW.getTime(),
    dueAt: NOW.getTime() + 2,
    amberAt: NOW.getTime() + 1,
    closedAt: NOW.getTime(),
    stageDueAt: null,
    units: ['HW'],
    asks: [],
    supervision: 1,
    important: false,
    reporter: 5,
    version: 3,
  })
  expect(row).toMatchObject({
    number: '20260306-000007',
    occurredAt: '2026-03-06T01:59:59.999Z',
    closedAt: '2026-03-06T02:00:00.000Z',
    amberAt: '2026-03-06T02:00:00.001Z',
    stageDueAt: null,
    units: ['HW'],
    reporter: 5,
  })
})
