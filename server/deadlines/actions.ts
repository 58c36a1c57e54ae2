export { calendars, changeCalendar, counted, noCalendar, readCalendar } from './actions/calendars.ts'
export { changeConditions } from './actions/conditions.ts'
export { exportFile, importFile } from './actions/files.ts'
