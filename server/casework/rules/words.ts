import type { Role } from '../../accounts/contract.ts'
import { clockOf, dateOf } from '../../deadlines/rules.ts'
import type { Words } from '../../http/contract.ts'
import type { Need } from './shape.ts'

const ROLES: Readonly<Record<Role, Words>> = {
  director: { zh: '中心主任', en: 'director' },
  commander: { zh: '在岗指挥长', en: 'commander on duty' },
  'shift-lead': { zh: '值班长', en: 'shift lead' },
  acceptor: { zh: '受理员', en: 'intake operator' },
  dispatcher: { zh: '派遣员', en: 'dispatcher' },
  'unit-liaison': { zh: '处置单位联络员', en: 'unit liaison' },
  handler: { zh: '处置人员', en: 'handler' },
  'grid-worker': { zh: '网格员', en: 'grid worker' },
  'grid-lead': { zh: '网格长', en: 'grid lead' },
  mediator: { zh: '调解员', en: 'mediator' },
  evaluator: { zh: '考核员', en: 'evaluator' },
  planner: { zh: '规划员', en: 'planner' },
  administrator: { zh: '系统管理员', en: 'administrator' },
  auditor: { zh: '审计员', en: 'auditor' },
}

/** By whom something was done: the office, never the name. */
export function officeOf(role: string | null): Words {
  return (role !== null && ROLES[role as Role]) || { zh: '系统', en: 'the system' }
}

/** Whose work a move is. */
export function notTheirs(name: Words, roles: readonly Role[]): Words {
  const [zh, en] = [roles.map((role) => ROLES[role].zh), roles.map((role) => ROLES[role].en)]
  return { zh: `“${name.zh}”由${zh.join('、')}办理。`, en: `"${name.en}" is the work of: ${en.join(', ')}.` }
}

export const ELSEWHERE: Words = {
  zh: '事件不在您负责的网格或社区内。',
  en: 'The event lies outside the grids that you answer for.',
}

export const OTHER_UNIT: Words = {
  zh: '事件没有派给您的单位，或已离开您的单位。',
  en: 'The event was not dispatched to your unit, or has left it.',
}

export const LEAD_ONLY: Words = {
  zh: '这一步由牵头单位办理，协办单位不能代办。',
  en: 'This is for the lead unit; an assisting unit cannot do it.',
}

export const OWN_REQUEST: Words = {
  zh: '自己提出的申请须由他人决定。',
  en: 'Somebody else decides on what you asked for yourself.',
}

/** An instant as people in China read it. */
export function whenOf(instant: string | number): string {
  const at = typeof instant === 'number' ? instant : Date.parse(instant)
  return `${dateOf(at)} ${clockOf(at)}`
}

/** What is said where a move was not told what it needs. */
export const MISSING: Readonly<Record<Need, Words>> = {
  reason: { zh: '请写明理由或说明。', en: 'Give a reason or say what was done.' },
  conditionId: { zh: '请选择立案条件。', en: 'Choose the filing condition.' },
  into: { zh: '请选择并入的事件。', en: 'Choose the event into which it goes.' },
  unit: { zh: '请选择牵头单位。', en: 'Choose the lead unit.' },
  outcome: { zh: '请选择结果。', en: 'Say what was found.' },
  until: { zh: '请填写挂账到何时。', en: 'Say until when.' },
  gridId: { zh: '请选择接收的网格。', en: 'Choose the grid that is to take it.' },
  ask: { zh: '请指明是哪一项申请。', en: 'Say which request.' },
  level: { zh: '请选择督办级别。', en: 'Choose the level of supervision.' },
  on: { zh: '请指明标记还是取消。', en: 'Say whether it is set or cleared.' },
  obligationId: { zh: '请指明答复哪个渠道。', en: 'Say to which channel.' },
}
