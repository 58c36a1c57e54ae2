import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeColumns, encodeColumns, type PointRow } from './columns.ts'

const rows = fc
  .array(
    fc.record({
      id: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      reportedAt: fc.integer({ min: 1.6e12, max: 3.2e12 }),
      position: fc.tuple(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
      ),
      category: fc.constantFrom('01-10', 'G2-02', '路'),
      status: fc.constantFrom('reported', 'closed'),
      source: fc.constantFrom('patrol', 'video'),
      gridId: fc.integer({ min: 0, max: 120_000 }),
    }),
    { maxLength: 200 },
  )
  .map((list): PointRow[] => list.toSorted((a, b) => a.reportedAt - b.reportedAt))

test('what is decoded is what was encoded, to the second and the micro-degree', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const columns = decodeColumns(encodeColumns(list).buffer)
      expect(columns.count).toBe(list.length)
      list.forEach((row, i) => {
        expect(columns.id[i]).toBe(row.id)
        expect(columns.t[i]).toBe(Math.floor(row.reportedAt / 1000))
        expect(columns.positions[2 * i]).toBeCloseTo(row.position[0], 5)
        expect(columns.positions[2 * i + 1]).toBeCloseTo(row.position[1], 5)
        expect(columns.gridId[i]).toBe(row.gridId)
        expect(columns.categories[columns.category[i] ?? -1]).toBe(row.category)
        expect(columns.statuses[columns.status[i] ?? -1]).toBe(row.status)
        expect(columns.sources[columns.source[i] ?? -1]).toBe(row.source)
      })
    }),
  )
})

test.each([
  ['nothing', new ArrayBuffer(0)],
  ['text', new TextEncoder().encode('{"items":[]}').buffer],
])('%s is refused', (_, buffer) => {
  expect(() => decodeColumns(buffer)).toThrow(RangeError)
})

test('unsorted rows are refused', () => {
  const row: PointRow = {
    id: 1,
    reportedAt: 5000,
    position: [0, 0],
    category: 'a',
    status: 'b',
    source: 'c',
    gridId: 0,
  }
  expect(() => encodeColumns([row, { ...row, reportedAt: 1000 }])).toThrow(RangeError)
})
