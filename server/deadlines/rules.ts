export { calendarOf, CalendarGap, isWorkday, type Calendar } from './rules/calendar.ts'
export { alarmYears, checkDraft, checkYear, type Fault } from './rules/checks.ts'
export { clockOf, dateOf, midnightOf, mondayOf } from './rules/day.ts'
export { dueAt, type Pause } from './rules/due.ts'
export { light } from './rules/light.ts'
export { CHINA, PROVISIONAL } from './rules/notices.ts'
export { extend, promise, resume, ruleOf, type Promised } from './rules/promise.ts'
export {
  cellsOf,
  changes,
  draftIn,
  headingAt,
  headings,
  keyIn,
  keyOf,
  placesOf,
  tidyDraft,
} from './rules/table.ts'
