import { expect, test } from 'vitest'
import { isZone, readTime } from './time.ts'

const iso = (text: string, zone = 'Asia/Shanghai'): string | null => {
  const at = readTime(text, zone)
  return at === null ? null : new Date(at).toISOString()
}

test.each([
  ['2026-03-06 16:05', '2026-03-06T08:05:00.000Z'],
  ['2026-03-06T16:05:09', '2026-03-06T08:05:09.000Z'],
  ['2026-03-06T16:05:09.123', '2026-03-06T08:05:09.000Z'],
  ['2026-03-06T16:05:09+08:00', '2026-03-06T08:05:09.000Z'],
  ['2026-03-06T16:05:09+0530', '2026-03-06T10:35:09.000Z'],
  ['2026-03-06T08:05:09Z', '2026-03-06T08:05:09.000Z'],
  ['2026/3/6 16:05:09', '2026-03-06T08:05:09.000Z'],
  ['2026.3.6', '2026-03-05T16:00:00.000Z'],
  ['2026年3月6日', '2026-03-05T16:00:00.000Z'],
  ['2026年3月6日16时5分9秒', '2026-03-06T08:05:09.000Z'],
  ['2026年3月6日 16时5分', '2026-03-06T08:05:00.000Z'],
  ['2026/3/6 下午 4:05:09', '2026-03-06T08:05:09.000Z'],
  ['2026/3/6 上午12:05', '2026-03-05T16:05:00.000Z'],
  ['2026-03-06 4:05 PM', null], // the half of the day stands before the hour, as spreadsheets write it
  ['20260306160509', '2026-03-06T08:05:09.000Z'],
  ['20260306', '2026-03-05T16:00:00.000Z'],
  ['46087.670243', '2026-03-06T08:05:09.000Z'], // a spreadsheet's serial number
  ['1772784309', '2026-03-06T08:05:09.000Z'],
  ['1772784309000', '2026-03-06T08:05:09.000Z'],
  ['1988-07-01 12:00', '1988-07-01T03:00:00.000Z'], // China kept summer time from 1986 to 1991
  ['2026-02-30 12:00', null],
  ['2026-13-01', null],
  ['2026-03-06 24:00', null],
  ['03/06/2026', null], // month or day first? Nobody knows
  ['昨天', null],
  ['', null],
])('%s → %s', (text, expected) => expect(iso(text)).toBe(expected))

test.each([
  ['Asia/Tokyo', '2026-03-06T07:05:00.000Z'],
  ['UTC', '2026-03-06T16:05:00.000Z'],
  ['Europe/Berlin', '2026-03-06T15:05:00.000Z'],
])('on the wall in %s', (zone, expected) => expect(iso('2026-03-06 16:05', zone)).toBe(expected))

test('zones are known by their names', () => {
  expect(isZone('Asia/Shanghai')).toBe(true)
  expect(isZone('Asia/Nowhere')).toBe(false)
})
