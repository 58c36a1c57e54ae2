import type { Role } from '../accounts/contract.ts'
import type { Words } from '../http/contract.ts'

/** How a file calls the roles. */
export const ROLE: Readonly<Record<Role, Words>> = {
  director: { zh: '中心主任', en: 'Director' },
  commander: { zh: '在岗指挥长', en: 'Commander on duty' },
  'shift-lead': { zh: '值班长', en: 'Shift lead' },
  acceptor: { zh: '受理员', en: 'Intake operator' },
  dispatcher: { zh: '派遣员', en: 'Dispatcher' },
  'unit-liaison': { zh: '单位联络员', en: 'Unit liaison' },
  handler: { zh: '处置人员', en: 'Handler' },
  'grid-worker': { zh: '网格员', en: 'Grid worker' },
  'grid-lead': { zh: '网格长', en: 'Grid lead' },
  mediator: { zh: '调解员', en: 'Mediator' },
  evaluator: { zh: '考核员', en: 'Evaluator' },
  planner: { zh: '规划员', en: 'Planner' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
  auditor: { zh: '审计员', en: 'Auditor' },
}

const BY_NAME: Readonly<Record<string, Words>> = ROLE

/** A role in words; one of another program's version by its code. */
export function roleWords(role: string | null, language: keyof Words): string | null {
  return role === null ? null : (BY_NAME[role]?.[language] ?? role)
}

/** Reading on is one act; this long after the last note it is another. */
export const READING_MS = 60_000
