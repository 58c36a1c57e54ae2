export { decide, movesFor, type Choice } from './rules/decide.ts'
export { effectsOf, isRetimed } from './rules/effects.ts'
export { FLOW } from './rules/flow.ts'
export { EXTENSIONS, holdEnd, LADDER, refuseUntil, stageDueAt, workingDaysAfter } from './rules/limits.ts'
export { REQUESTS } from './rules/requests.ts'
export type { Clock, MoveRule, Need } from './rules/shape.ts'
export type { Core, Effects, Scene } from './rules/state.ts'
export {
  openRequest,
  partsOf,
  type Allowed,
  type Beside,
  type Refused,
  type Subject,
  type Verdict,
} from './rules/subject.ts'
export { stepName } from './rules/steps.ts'
export { officeOf, whenOf } from './rules/words.ts'
