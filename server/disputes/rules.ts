import { dateOf } from '../deadlines/rules.ts'

export { changeOf, type Changed, type Stored } from './rules/change.ts'
export {
  choicesFor,
  decide,
  fileOf,
  handlerFor,
  registrarFor,
  type Choice,
  type File,
  type Refused,
} from './rules/decide.ts'
export { FLOW } from './rules/flow.ts'
export { confirmUntil, endOf, firstSessionBy, monthFrom, nextOf, revisitsFrom } from './rules/limits.ts'
export { maskName, maskPhone, maskText, type Person } from './rules/mask.ts'
export { isLower, proposeRisk, type Proposal } from './rules/risk.ts'
export { isGuarded, maySee, sightOf } from './rules/sight.ts'

/** As people quote it: `jf-`, the day of registration in China, the id. */
export function disputeNumber(id: number, registeredAt: number): string {
  return `jf-${dateOf(registeredAt).replaceAll('-', '')}-${String(id).padStart(6, '0')}`
}
