export { decide, movesFor, type Choice } from './rules/decide.ts'
export { FLOW } from './rules/flow.ts'
export { EXTENSIONS, holdEnd, LADDER, refuseUntil, stageDueAt, workingDaysAfter } from './rules/limits.ts'
export { REQUESTS } from './rules/requests.ts'
export type { Clock, MoveRule, Need } from './rules/shape.ts'
export {
  openRequest,
  partsOf,
  type Allowed,
  type Beside,
  type Refused,
  type Subject,
  type Verdict,
} from './rules/subject.ts'
export { officeOf, whenOf } from './rules/words.ts'
