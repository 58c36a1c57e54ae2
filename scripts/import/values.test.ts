import { expect, test } from 'vitest'
import { toLngLat } from '../../geodata/crs.ts'
import type { EventField } from './columns.ts'
import { pairOf, readRow, type Reading } from './values.ts'

const reading: Reading = {
  zone: 'Asia/Shanghai',
  source: 'public',
  convert: toLngLat('4326'),
  categories: new Map([
    ['01-10', '01-10'],
    ['暴露垃圾', '01-10'],
    ['Exposed rubbish', '01-10'],
    ['垃圾', '01-10'],
  ]),
  statuses: new Map([['OK', '已结案']]),
  sources: new Map([['APP', 'public']]),
}
const good: Partial<Record<EventField, string>> = {
  category: '01-10',
  reportedAt: '2026-03-06 16:05',
  lng: '119.9',
  lat: '32.45',
}
const row =
  (texts: Partial<Record<EventField, string>>) =>
  (field: EventField): string =>
    texts[field] ?? ''
const read = (texts: Partial<Record<EventField, string>>, given = reading) =>
  readRow(row({ ...good, ...texts }), 'ref', given)

test('a row makes a report', () => {
  expect(
    read({
      status: '已结案',
      closedAt: '2026-03-07',
      source: '12345热线',
      address: '人民路1号',
      accuracyM: '12.5',
    }),
  ).toEqual({
    ok: true,
    report: {
      ref: 'ref',
      category: '01-10',
      status: 'closed',
      source: 'hotline-12345',
      occurredAt: null,
      reportedAt: Date.parse('2026-03-06T16:05:00+08:00'),
      closedAt: Date.parse('2026-03-07T00:00:00+08:00'),
      position: [119.9, 32.45],
      address: '人民路1号',
      description: null,
      accuracyM: 12.5,
    },
  })
})

test.each<[Partial<Record<EventField, string>>, object]>([
  [{ category: '暴露垃圾' }, { category: '01-10' }],
  [{ category: '垃圾' }, { category: '01-10' }],
  [{ status: 'OK' }, { status: 'closed' }],
  [{ status: 'CLOSED' }, { status: 'closed' }],
  [{ source: 'APP' }, { source: 'public' }],
  [{ source: '' }, { source: 'public' }],
  [{ lng: '0', lat: '0' }, { position: null }],
  [{ lng: '', lat: '', position: '[119.9, 32.45]' }, { position: [119.9, 32.45] }],
])('%j means %j', (texts, expected) => expect(read(texts)).toMatchObject({ ok: true, report: expected }))

test.each<[Partial<Record<EventField, string>>, EventField, RegExp]>([
  [{ category: '' }, 'category', /missing/],
  [{ category: '外星人' }, 'category', /--category-map/],
  [{ status: '也许' }, 'status', /--status-map/],
  [{ source: '火星' }, 'source', /--source-map/],
  [{ reportedAt: '昨天' }, 'reportedAt', /not a time/],
  [{ closedAt: '2026-02-30' }, 'closedAt', /not a time/],
  [{ lng: '东经', lat: '1' }, 'lng', /not a number/],
  [{ lng: '119.9', lat: '' }, 'position', /one half/],
  [{ lng: '32.45', lat: '119.9' }, 'position', /outside/],
  [{ lng: '1e999' }, 'lng', /not a number/],
  [{ accuracyM: '大' }, 'accuracyM', /not a number/],
])('%j is refused for %s', (texts, field, why) => {
  const result = read(texts)
  expect(result).toMatchObject({ ok: false, field })
  if (!result.ok) expect(result.why.en).toMatch(why)
  if (!result.ok) expect(result.why.zh).toMatch(/[一-鿿]/)
})

test.each([
  ['119.9,32.45', [119.9, 32.45]],
  ['119.9，32.45', [119.9, 32.45]],
  ['119.9 32.45', [119.9, 32.45]],
  ['POINT(119.9 32.45)', [119.9, 32.45]],
  ['(119.9; 32.45)', [119.9, 32.45]],
])('%s is a position', (position, expected) => expect(pairOf(row({ position }))).toEqual(expected))

test.each(['119.9', '119.9,32.45,7', '附近', '119.9,x'])('%s is no position', (position) => {
  expect(() => pairOf(row({ position }))).toThrow()
})

test('other coordinates are converted', () => {
  const gk = { ...reading, convert: toLngLat('4549') }
  const result = read({ lng: '490597.1258', lat: '3591757.6776' }, gk)
  expect(result.ok && result.report.position?.map((value) => value.toFixed(6))).toEqual([
    '119.900000',
    '32.450000',
  ])
})
