import type { Words } from '../../http/contract.ts'
import type { Actor, Bound, Duty, Role } from '../contract.ts'

const ANYWHERE = ['subdistrict', 'community', 'grids'] as const
const WHOLE = ['subdistrict'] as const

/** Where a role may be bound to. */
export const BOUNDS: Readonly<Record<Role, readonly Bound['kind'][]>> = {
  director: WHOLE,
  commander: WHOLE,
  'shift-lead': WHOLE,
  acceptor: ANYWHERE,
  dispatcher: ANYWHERE,
  'unit-liaison': ['unit'],
  handler: ['unit'],
  'grid-worker': ['grids'],
  'grid-lead': ['community', 'grids'],
  mediator: ANYWHERE,
  evaluator: ANYWHERE,
  planner: ANYWHERE,
  administrator: WHOLE,
  auditor: WHOLE,
}

export interface Fault {
  readonly why: Words
  readonly field: string
}

type Given = Pick<Duty, 'role' | 'bound'>

/** What is wrong with duties that somebody is to have; null if nothing. */
export function faultOf(duties: readonly Given[]): Fault | null {
  const wrong = duties.findIndex(({ role, bound }) => !BOUNDS[role].includes(bound.kind))
  if (wrong >= 0) {
    return {
      field: `/duties/${wrong}/bound`,
      why: {
        zh: '该岗位不能限定在这种范围。',
        en: 'This role cannot be bound to that.',
      },
    }
  }
  if (has(duties, 'administrator') && has(duties, 'auditor')) {
    return {
      field: '/duties',
      why: {
        zh: '系统管理员与审计员不能是同一人。',
        en: 'Nobody is administrator and auditor at once.',
      },
    }
  }
  const again = duties.findIndex((duty, i) => duties.findIndex((other) => isSame(duty, other)) < i)
  if (again < 0) return null
  return {
    field: `/duties/${again}`,
    why: { zh: '该岗位重复。', en: 'This duty is given twice.' },
  }
}

function has(duties: readonly Pick<Duty, 'role'>[], role: Role): boolean {
  return duties.some((duty) => duty.role === role)
}

/** An administrator's role has one place, whatever else differs. */
function isSame(one: Given, other: Given): boolean {
  return one.role === other.role && JSON.stringify(one.bound) === JSON.stringify(other.bound)
}

export interface Change {
  readonly name?: string
  readonly active?: boolean
  readonly duties?: readonly Given[]
  readonly password?: string
}

/** Why an administrator may not make this change of an account, whoever it is for; null if they may. */
export function selfFaultOf(actor: Actor, account: number, change: Change): Words | null {
  if (actor.account !== account) return null
  if (change.duties !== undefined) {
    return { zh: '不能修改自己的岗位。', en: 'Nobody changes their own duties.' }
  }
  if (change.active === false) {
    return { zh: '不能停用自己的账号。', en: 'Nobody disables their own account.' }
  }
  if (change.password !== undefined) {
    return {
      zh: '修改自己的密码须先输入当前密码。',
      en: 'Your own password is changed with the current one.',
    }
  }
  return null
}

/** Whether the change takes its administrator's rights from an account. */
export function demotes(was: readonly Pick<Duty, 'role'>[], { active, duties }: Change): boolean {
  if (!has(was, 'administrator')) return false
  return active === false || (duties !== undefined && !has(duties, 'administrator'))
}
