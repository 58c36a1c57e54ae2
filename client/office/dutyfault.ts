import type { Bound, Role } from '#contract/accounts'
import { faultOf } from '#rules/accounts'
import { Refusal } from '../data/api.ts'
import { useLocal } from '../i18n/local.ts'

interface DutyFault {
  /** Which of the duties; null for all of them together. */
  readonly at: number | null
  readonly why: string
}

/** What is wrong with duties: by the server's own rule while they are given, or as it said when they were sent. */
export function useDutyFault(
  duties: readonly { readonly role: Role; readonly bound: Bound }[] | null,
  error: unknown,
): DutyFault | null {
  const { language, either } = useLocal()
  const fault = duties && faultOf(duties.map((duty) => ({ ...duty, grids: [] })))
  if (fault) return { at: indexOf(fault.field), why: either(fault.why.zh, fault.why.en) }
  if (!(error instanceof Refusal)) return null
  const field = error.problem.field ?? ''
  return field.startsWith('/duties') ? { at: indexOf(field), why: error.sentence(language) } : null
}

function indexOf(field: string): number | null {
  const [, at] = /^\/duties\/(\d+)/.exec(field) ?? []
  return at === undefined ? null : Number(at)
}
