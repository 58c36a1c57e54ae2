import type { CalendarYear, ConditionDraft } from '../contract.ts'
import type { Words } from '../../http/contract.ts'
import { dayOfText, startOf, weekdayOf, yearOf } from './day.ts'

/** What is wrong with a request, and where: a JSON pointer into it. */
export interface Fault {
  readonly field: string
  readonly why: Words
}

type YearDraft = Pick<CalendarYear, 'year' | 'off' | 'work' | 'hours'>

/** What keeps a year from being counted by; null if nothing does. */
export function checkYear(draft: YearDraft): Fault | null {
  return (
    checkHours(draft) ??
    checkDays(draft, 'off') ??
    checkDays(draft, 'work') ??
    (hasWork(draft)
      ? null
      : { field: '/off', why: { zh: '全年没有一个工作日', en: 'leaves no working day in the year' } })
  )
}

const MINUTES = 60

function checkHours({ hours }: YearDraft): Fault | null {
  let last = 0
  for (const [n, [opens = 0, closes = 0]] of hours.entries()) {
    const why = faultOfSpan(opens, closes, n === 0 ? 0 : last)
    if (why) return { field: `/hours/${n}`, why }
    last = closes
  }
  return null
}

function faultOfSpan(opens: number, closes: number, last: number): Words | null {
  if (closes <= opens) return { zh: '结束应晚于开始', en: 'must end after it begins' }
  if (opens < last)
    return { zh: '应按先后排列，且互不重叠', en: 'must follow the one before without overlap' }
  if (!isMinute(opens) || !isMinute(closes)) return { zh: '应为整分钟', en: 'must be whole minutes' }
  return null
}

function isMinute(hours: number): boolean {
  return Math.abs(hours * MINUTES - Math.round(hours * MINUTES)) < 1e-9
}

function checkDays(draft: YearDraft, list: 'off' | 'work'): Fault | null {
  const seen = new Set<string>()
  for (const [n, text] of draft[list].entries()) {
    const why = seen.has(text)
      ? { zh: `${text} 重复`, en: `${text} is listed twice` }
      : faultOfDay(text, draft, list)
    if (why) return { field: `/${list}/${n}`, why }
    seen.add(text)
  }
  return null
}

function faultOfDay(text: string, { year, off, work }: YearDraft, list: 'off' | 'work'): Words | null {
  const day = dayOfText(text)
  if (Number.isNaN(day) || !text.startsWith(`${year}-`))
    return { zh: `${text} 不是 ${year} 年的日期`, en: `${text} is no day of ${year}` }
  if (off.includes(text) && work.includes(text))
    return { zh: `${text} 既放假又上班`, en: `${text} is both off and worked` }
  const isWeekend = weekdayOf(day) % 6 === 0
  if (list === 'off' && isWeekend)
    return { zh: `${text} 本来就是周末`, en: `${text} lies at a week-end and is off anyway` }
  if (list === 'work' && !isWeekend)
    return { zh: `${text} 本来就是工作日`, en: `${text} is a weekday and worked anyway` }
  return null
}

function hasWork({ year, off, work }: YearDraft): boolean {
  const [first, last] = [dayOfText(`${year}-01-01`), dayOfText(`${year}-12-31`)]
  let weekdays = 0
  for (let day = first; day <= last; day++) if (weekdayOf(day) % 6 !== 0) weekdays++
  return weekdays + work.length > off.length
}

/** What keeps a condition from being a rule, beyond its schema. */
export function checkDraft({ limit }: Pick<ConditionDraft, 'limit'>): Fault | null {
  if (limit.counting === 'elapsed' || limit.unit === 'ud' || limit.unit === 'wd') return null
  return {
    field: '/limit/unit',
    why: {
      zh: '次日起算的时限应以天为单位',
      en: 'must be in days where whole days are counted from the next',
    },
  }
}

/**
 * Years whose notice is missing and that a deadline could reach: this one always, the next from 1 November, since notices
 * come out in October or November. A provisional year still lacks its notice.
 */
export function alarmYears(years: readonly Pick<CalendarYear, 'year' | 'kind'>[], now: number): number[] {
  const year = yearOf(now)
  const next = now >= startOf(dayOfText(`${year}-11-01`)) ? [year + 1] : []
  return [year, ...next].filter(
    (wanted) => !years.some((known) => known.year === wanted && known.kind === 'notice'),
  )
}
