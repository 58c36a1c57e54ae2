import type { AuditLine } from '#contract/audit'
import { useLocal } from '../i18n/local.ts'
import { accountOf } from './audit.ts'

/** Lines of the trail in words; what this console has no word for is shown as the trail has it. */
export function useAuditWords() {
  const { t } = useLocal()
  const word = (path: string): string => t(path as 'app.title', { defaultValue: '' })
  return {
    step: (step: string): string =>
      word(`deed.${step}`) || (step.startsWith('event.') && word(`step.${step.slice(6)}`)) || step,
    role: (role: string | null): string => (role === null ? '' : word(`role.${role}`) || role),
    actor: ({ actor, name }: Pick<AuditLine, 'actor' | 'name'>): string => {
      if (name !== null) return name
      return accountOf(actor) === null ? word(`actor.${actor}`) || actor : actor
    },
  }
}
