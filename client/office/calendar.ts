import type { CalendarYear } from '#contract/deadlines'

const DAY = 86_400_000

/** What a day is: by the week, or by the notice against the week. */
type DayKind = 'normal' | 'weekend' | 'off' | 'work'

interface Day {
  /** yyyy-mm-dd */
  readonly text: string
  readonly n: number
  readonly kind: DayKind
}

interface Month {
  readonly n: number
  /** Empty places before the first, in weeks that begin on Monday. */
  readonly blanks: number
  readonly days: readonly Day[]
}

export type YearDraft = Pick<CalendarYear, 'year' | 'kind' | 'off' | 'work' | 'hours'>

export function monthsOf({ year, off, work }: Pick<YearDraft, 'year' | 'off' | 'work'>): readonly Month[] {
  const [isOff, isWork] = [new Set(off), new Set(work)]
  return Array.from({ length: 12 }, (_, month) => {
    const first = Date.UTC(year, month, 1)
    const count = (Date.UTC(year, month + 1, 1) - first) / DAY
    const days = Array.from({ length: count }, (__, n) => {
      const text = new Date(first + n * DAY).toISOString().slice(0, 10)
      return { text, n: n + 1, kind: kindOf(text, isOff, isWork) }
    })
    return { n: month + 1, blanks: (new Date(first).getUTCDay() + 6) % 7, days }
  })
}

function kindOf(text: string, isOff: ReadonlySet<string>, isWork: ReadonlySet<string>): DayKind {
  if (isOff.has(text)) return 'off'
  if (isWork.has(text)) return 'work'
  return isWeekend(text) ? 'weekend' : 'normal'
}

function isWeekend(text: string): boolean {
  return new Date(`${text}T00:00:00Z`).getUTCDay() % 6 === 0
}

export function workdays(draft: Pick<YearDraft, 'year' | 'off' | 'work'>): number {
  const days = monthsOf(draft).flatMap((month) => month.days)
  return days.filter(({ kind }) => kind === 'normal' || kind === 'work').length
}

/** The day against its week, or, where it is that already, by its week again. */
export function toggled<D extends Pick<YearDraft, 'off' | 'work'>>(draft: D, text: string): D {
  const list = isWeekend(text) ? 'work' : 'off'
  const days = draft[list].includes(text)
    ? draft[list].filter((day) => day !== text)
    : [...draft[list], text].toSorted()
  return { ...draft, [list]: days }
}

/** 8.5 as 08:30; the end of a day as 00:00, since no clock shows 24:00. */
export function clockOf(hours: number): string {
  const minutes = Math.round(hours * 60) % (24 * 60)
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

export function hoursOf(clock: string, end: 'from' | 'to'): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  const value = hours + minutes / 60
  return end === 'to' && value === 0 ? 24 : value
}
