import type { CalendarYear } from '../contract.ts'
import { calendarOf } from './calendar.ts'
import { dayOfText, textOfDay, weekdayOf } from './day.ts'

const HOURS: CalendarYear['hours'] = [
  [8, 12],
  [14, 18],
]

/** Notices of the State Council Office: what lies at a week-end in them is off anyway, so that only weekdays off are listed. */
const NOTICES: readonly CalendarYear[] = [
  {
    year: 2025,
    version: 1,
    kind: 'notice',
    off: [
      ...weekdays('2025-01-01', '2025-01-01'),
      ...weekdays('2025-01-28', '2025-02-04'),
      ...weekdays('2025-04-04', '2025-04-06'),
      ...weekdays('2025-05-01', '2025-05-05'),
      ...weekdays('2025-05-31', '2025-06-02'),
      ...weekdays('2025-10-01', '2025-10-08'),
    ],
    work: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    hours: HOURS,
    reason: '国务院办公厅关于2025年部分节假日安排的通知（2024-11-12）',
  },
  {
    year: 2026,
    version: 1,
    kind: 'notice',
    off: [
      ...weekdays('2026-01-01', '2026-01-03'),
      ...weekdays('2026-02-15', '2026-02-23'),
      ...weekdays('2026-04-04', '2026-04-06'),
      ...weekdays('2026-05-01', '2026-05-05'),
      ...weekdays('2026-06-19', '2026-06-21'),
      ...weekdays('2026-09-25', '2026-09-27'),
      ...weekdays('2026-10-01', '2026-10-07'),
    ],
    work: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    hours: HOURS,
    reason: '国务院办公厅关于2026年部分节假日安排的通知（2025-11-04）',
  },
]

/**
 * Spring Festival, tomb sweeping, dragon boats and the mid-autumn moon. Written down, because `Intl` reckons the first wrongly
 * where the new moon falls near midnight in China (2027 and 2030).
 */
const FESTIVALS: Readonly<
  Record<number, readonly [spring: string, qingming: string, boats: string, moon: string]>
> = {
  2027: ['02-06', '04-05', '06-09', '09-15'],
  2028: ['01-26', '04-04', '05-28', '10-03'],
  2029: ['02-13', '04-04', '06-16', '09-22'],
  2030: ['02-03', '04-05', '06-05', '09-12'],
}

/** A calendar for a year without a notice: the thirteen days of the law, moved on from week-ends; no make-up workdays. */
function provisional(year: number): CalendarYear {
  const [spring = '', qingming = '', boats = '', moon = ''] = FESTIVALS[year] ?? []
  const newYear = dayOfText(`${year}-${spring}`)
  const days = [
    ...['01-01', qingming, '05-01', '05-02', boats, moon, '10-01', '10-02', '10-03'].map((day) =>
      dayOfText(`${year}-${day}`),
    ),
    ...[-1, 0, 1, 2].map((n) => newYear + n),
  ]
  const off = new Set<number>()
  for (const day of days.toSorted((a, b) => a - b)) {
    let free = day
    while (weekdayOf(free) % 6 === 0 || off.has(free)) free++
    off.add(free)
  }
  const reason = '暂定：法定节假日，遇周末顺延；待国务院办公厅通知'
  return {
    year,
    version: 1,
    kind: 'provisional',
    off: [...off].map(textOfDay),
    work: [],
    hours: HOURS,
    reason,
  }
}

/** Years that a demo can run in beyond the notices: never in a real office, which enters its own. */
export const PROVISIONAL: readonly CalendarYear[] = Object.keys(FESTIVALS).map((year) =>
  provisional(Number(year)),
)

/** The notices as they came with the program, and after them provisional years. What is in force stands in the database. */
export const CHINA = calendarOf([...NOTICES, ...PROVISIONAL])

/** Weekdays from one date to another. */
function weekdays(first: string, last: string): string[] {
  const [from, to] = [dayOfText(first), dayOfText(last)]
  return Array.from({ length: to - from + 1 }, (_, n) => from + n)
    .filter((day) => weekdayOf(day) % 6 !== 0)
    .map(textOfDay)
}
