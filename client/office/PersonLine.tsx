import type { Account } from '#contract/accounts'
import { useLocal } from '../i18n/local.ts'
import { useBoundWords } from '../ui/duty.ts'
import css from './people.module.css'

interface LineProps {
  readonly account: Account
  readonly isOpen: boolean
  readonly onOpen: () => void
}

/** More duties than these are counted. */
const SHOWN = 2

export function PersonLine({ account, isOpen, onOpen }: LineProps) {
  const { t } = useLocal()
  const placesOf = useBoundWords()
  const { name, login, duties, sessions } = account
  const rest = duties.length - SHOWN
  return (
    <button type="button" className={css['line']} aria-current={isOpen} onClick={onOpen}>
      <span className={css['person']}>
        <strong>{name}</strong>
        <small>{login}</small>
      </span>
      <span className={css['chips']}>
        {duties.length === 0 ? <small>{t('people.noDuties')}</small> : null}
        {duties.slice(0, SHOWN).map((duty) => (
          <span key={`${duty.role} ${JSON.stringify(duty.bound)}`} className={css['chip']}>
            <b>{t(`role.${duty.role}`)}</b>
            {placesOf(duty.bound)}
          </span>
        ))}
        {rest > 0 ? <small>{t('people.moreDuties', { count: rest })}</small> : null}
      </span>
      <span className={css['sessions']}>
        {sessions > 0 ? t('people.sessionsN', { count: sessions }) : '–'}
      </span>
      <StateMark account={account} />
    </button>
  )
}

export function StateMark({ account }: { readonly account: Account }) {
  const { t } = useLocal()
  const state = stateOf(account)
  return (
    <span className={css['state']} data-state={state}>
      {t(`people.${state}`)}
    </span>
  )
}

function stateOf({ active, lockedUntil }: Account): 'inactive' | 'locked' | 'active' {
  if (!active) return 'inactive'
  return lockedUntil === null ? 'active' : 'locked'
}
