import type { Actor } from '../../accounts/contract.ts'
import { RIGHTS } from '../../accounts/rules.ts'
import { refuse, type Refusal } from '../../http/problems.ts'
import type { Fault } from '../rules.ts'

export function faulty({ field, why }: Fault): Refusal {
  return refuse(
    'invalid-field',
    { zh: `字段 ${field} ${why.zh}。`, en: `Field ${field} ${why.en}.` },
    { field },
  )
}

export function tidyReason(text: string): string {
  const reason = text.trim()
  if (reason !== '') return reason
  throw faulty({ field: '/reason', why: { zh: '不能只有空白', en: 'must not be blank' } })
}

/** The duty in which rules are changed, for the trail. */
export function dutyOf({ duties }: Actor): { role?: string } {
  const duty = duties.find(({ role }) => RIGHTS['rules.write'].includes(role))
  return duty ? { role: duty.role } : {}
}
