import type { Db } from '#db/open'
import type { Ctx } from '../../http/mount.ts'
import { refuse, type Refusal } from '../../http/problems.ts'
import type { BodyOf, ReplyOf } from '../../http/contract.ts'
import { append } from '../../trail/store.ts'
import type { CalendarYear, listCalendars, saveCalendar } from '../contract.ts'
import { alarmYears, calendarOf, CalendarGap, checkYear, type Calendar } from '../rules.ts'
import { insertYear, lockRules, readYears, type Edition } from '../store.ts'
import { dutyOf, faulty, tidyReason } from './faults.ts'

/** Prepared calendars by what they were prepared from, so that the same years are never prepared twice. */
const prepared = new Map<string, Calendar>()
const MAX_PREPARED = 16

/**
 * The calendar in force, as this transaction sees it. `pinned` are editions that a promise was made by, as its `why.calendars`
 * names them: it is counted on by those.
 */
export async function readCalendar(db: Db, pinned: readonly string[] = []): Promise<Calendar> {
  const text = await readYears(db, pinned.flatMap(editionIn))
  const known = prepared.get(text)
  if (known) return known
  const calendar = calendarOf(JSON.parse(text) as CalendarYear[])
  if (prepared.size >= MAX_PREPARED) prepared.clear()
  prepared.set(text, calendar)
  return calendar
}

function editionIn(name: string): Edition[] {
  const [, year, version] = /^(\d{4})\.(\d{1,6})\??$/.exec(name) ?? []
  return year === undefined ? [] : [{ year: Number(year), version: Number(version) }]
}

/** Counts; where a year is missing, the request is refused with what has to be done. */
export function counted<T>(count: () => T): T {
  try {
    return count()
  } catch (error) {
    if (error instanceof CalendarGap) throw noCalendar(error)
    throw error
  }
}

export function noCalendar({ year }: CalendarGap): Refusal {
  return refuse('no-calendar', {
    zh: `工作日历中没有 ${year} 年，无法计算时限；请系统管理员录入国务院办公厅关于 ${year} 年节假日安排的通知。`,
    en: `The working calendar lacks ${year}, so that no deadline can be counted; the administrator has to enter the State Council's notice for ${year}.`,
  })
}

export async function calendars({ db, now }: Ctx): Promise<ReplyOf<typeof listCalendars>> {
  const { years } = await readCalendar(db)
  return { years: [...years], alarm: alarmYears(years, now.getTime()) }
}

/** A new version of a year; promises already made keep theirs. */
export async function changeCalendar(ctx: Ctx, body: BodyOf<typeof saveCalendar>): Promise<CalendarYear> {
  const reason = tidyReason(body.reason)
  const fault = checkYear(body)
  if (fault) throw faulty(fault)
  const year = { ...body, off: body.off.toSorted(), work: body.work.toSorted(), reason }
  await lockRules(ctx.db)
  const version = await insertYear(ctx.db, year, { account: ctx.actor.account, at: ctx.now, reason })
  const saved = { ...year, version }
  await append(ctx.db, [
    {
      step: 'calendar.changed',
      subject: `calendar/${year.year}`,
      actor: ctx.actor.id,
      ...dutyOf(ctx.actor),
      at: ctx.now,
      data: saved,
    },
  ])
  return saved
}
