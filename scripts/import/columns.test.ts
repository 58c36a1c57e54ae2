import { expect, test } from 'vitest'
import { columnsOf, headingRow } from './columns.ts'

const guess = (headings: readonly string[], given: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(
    [...columnsOf(headings, new Map(Object.entries(given)))].map(([field, at]) => [
      field,
      headings[at] ?? '',
    ]),
  )

test.each<[string[], Record<string, string>]>([
  [
    ['工单编号', '事件类别', '上报时间', '经度', '纬度', '状态'],
    {
      number: '工单编号',
      category: '事件类别',
      reportedAt: '上报时间',
      lng: '经度',
      lat: '纬度',
      status: '状态',
    },
  ],
  [
    ['Case ID', 'Category', 'Created_At', 'Closed-At', 'Longitude', 'Latitude', 'Address'],
    {
      number: 'Case ID',
      category: 'Category',
      reportedAt: 'Created_At',
      closedAt: 'Closed-At',
      lng: 'Longitude',
      lat: 'Latitude',
      address: 'Address',
    },
  ],
  // The more telling heading wins: 小类 says more than 类型, 事发时间 is not the time of the report.
  [
    ['类型', '小类', '事发时间', '受理时间', '坐标'],
    { category: '小类', occurredAt: '事发时间', reportedAt: '受理时间', position: '坐标' },
  ],
  [
    ['*事件类别：', '【地址】', '时间 '],
    { category: '*事件类别：', address: '【地址】', reportedAt: '时间 ' },
  ],
  [['甲', '乙'], {}],
])('%j', (headings, expected) => expect(guess(headings)).toEqual(expected))

test('what is named comes before what is guessed', () => {
  expect(guess(['类别', '小类', '日期'], { 类别: 'category', 日期: 'occurredAt' })).toMatchObject({
    category: '类别',
    occurredAt: '日期',
  })
})

test.each([
  [{ 类别: 'kind' }, /no field kind/],
  [{ 颜色: 'category' }, /no column 颜色/],
])('%j is refused', (given, why) => expect(() => guess(['类别'], given)).toThrow(why))

test.each<[string[][], number]>([
  [
    [
      ['编号', '类别'],
      ['1', '2'],
    ],
    0,
  ],
  [
    [
      ['某街道 2026 年事件台账', '', ''],
      ['制表：综治中心', '', ''],
      ['编号', '类别', '时间'],
      ['1', '2', '3'],
    ],
    2,
  ],
  [
    [
      ['1', '2'],
      ['3', '4'],
    ],
    0,
  ],
  [[], 0],
])('headings of %j are in row %d', (rows, at) => expect(headingRow(rows, new Map())).toBe(at))
