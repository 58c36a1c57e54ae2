import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { readDoor, type Me } from '#contract/accounts'
import { RIGHTS } from '#rules/accounts'
import { call } from '../data/api.ts'
import { ME } from '../data/me.ts'
import { enter } from '../data/session.ts'
import { useLocal } from '../i18n/local.ts'
import { Backdrop } from './Backdrop.tsx'
import { DemoRoles } from './DemoRoles.tsx'
import css from './door.module.css'
import { FirstRun } from './FirstRun.tsx'
import { LookSwitch } from './LookSwitch.tsx'
import { Mark } from './Mark.tsx'
import { SignInForm } from './SignInForm.tsx'

/** Nobody else would see anything on a wall. */
const WATCHERS = RIGHTS['events.read']

interface SignInProps {
  readonly screen: 'console' | 'wall'
  readonly hasLost: boolean
}

/** The page before the door: who are you; in a demo, whom would you like to be. */
export function SignIn({ screen, hasLost }: SignInProps) {
  const { t } = useLocal()
  const door = useQuery({
    queryKey: ['door'],
    queryFn: ({ signal }) => call(readDoor, { signal }),
    staleTime: 0,
  }).data
  const welcome = useWelcome()
  const demo = (door?.demo ?? []).filter(({ role }) => screen === 'console' || WATCHERS.includes(role))
  return (
    <div className={css['page']}>
      <Backdrop />
      <header className={css['head']}>
        <Mark size={40} />
        <div className={css['names']}>
          <h1>{t('app.title')}</h1>
          <p>{t('door.lead')}</p>
        </div>
        <LookSwitch screen={screen} />
      </header>
      <main className={css['cards']} data-with={demo.length > 0 ? 'demo' : 'form'}>
        <Enter screen={screen} hasLost={hasLost} isFirst={door?.firstRun === true} welcome={welcome} />
        {demo.length > 0 ? <DemoRoles people={demo} welcome={welcome} /> : null}
      </main>
      <footer className={css['foot']}>
        {demo.length > 0 ? <strong>{t('door.demoFoot')}</strong> : null}
        <span>{t('door.foot')}</span>
      </footer>
    </div>
  )
}

interface EnterProps extends SignInProps {
  readonly isFirst: boolean
  readonly welcome: (me: Me) => void
}

/** Where no administrator exists, making one comes first; who has an account already may still use it. */
function Enter({ screen, hasLost, isFirst, welcome }: EnterProps) {
  const { t } = useLocal()
  const [chosen, choose] = useState<'first' | 'sign-in' | null>(null)
  const shown = chosen ?? (isFirst ? 'first' : 'sign-in')
  return (
    <section className={css['card']} aria-label={t(shown === 'first' ? 'door.firstTitle' : 'door.signIn')}>
      {shown === 'first' ? (
        <FirstRun welcome={welcome} onSignIn={() => choose('sign-in')} />
      ) : (
        <SignInForm
          screen={screen}
          hasLost={hasLost}
          welcome={welcome}
          onFirst={isFirst ? () => choose('first') : null}
        />
      )}
    </section>
  )
}

/** Opens the door to whom the server has let in. */
function useWelcome(): (me: Me) => void {
  const client = useQueryClient()
  return (me) => {
    client.setQueryData(ME.queryKey, me)
    enter()
  }
}
