import { Loader, UnstyledButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { signInDemo, type Me, type Role } from '#contract/accounts'
import { call } from '../data/api.ts'
import { useLocal } from '../i18n/local.ts'
import { useSentence } from '../ui/States.tsx'
import css from './demo.module.css'
import { ROLE_GROUPS } from '../ui/roles.ts'
import { Refused } from '../ui/Refused.tsx'

interface Person {
  readonly login: string
  readonly name: string
  readonly role: Role
}

interface DemoProps {
  readonly people: readonly Person[]
  readonly welcome: (me: Me) => void
}

/** One button for each role of the office, with a line on what it does: in a demo only, and said so. */
export function DemoRoles({ people, welcome }: DemoProps) {
  const { t } = useLocal()
  const sentence = useSentence()
  const entering = useMutation({
    mutationFn: (login: string) => call(signInDemo, { body: { login } }),
    onSuccess: welcome,
  })
  return (
    <section className={css['demo']} aria-labelledby="demo-title">
      <header>
        <h2 id="demo-title">{t('door.demoTitle')}</h2>
        <p>{t('door.demoNote')}</p>
      </header>
      <Refused title={t('door.refused')} why={entering.error ? sentence(entering.error) : null} />
      {ROLE_GROUPS.map(({ name, roles }) => {
        const members = roles.flatMap((role) => people.filter((person) => person.role === role))
        if (members.length === 0) return null
        return (
          <div key={name} className={css['group']}>
            <h3 id={`group-${name}`}>{t(`roleGroup.${name}`)}</h3>
            <ul aria-labelledby={`group-${name}`}>
              {members.map((person) => (
                <li key={person.login}>
                  <RoleButton
                    person={person}
                    state={stateOf(person.login, entering)}
                    onEnter={() => entering.mutate(person.login)}
                  />
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </section>
  )
}

type State = 'ready' | 'entering' | 'waiting'

function stateOf(login: string, entering: { isPending: boolean; variables: string | undefined }): State {
  if (!entering.isPending) return 'ready'
  return entering.variables === login ? 'entering' : 'waiting'
}

interface ButtonProps {
  readonly person: Person
  readonly state: State
  readonly onEnter: () => void
}

function RoleButton({ person, state, onEnter }: ButtonProps) {
  const { t } = useLocal()
  return (
    <UnstyledButton
      className={css['role']}
      data-login={person.login}
      disabled={state !== 'ready'}
      aria-busy={state === 'entering'}
      onClick={onEnter}
    >
      <span className={css['name']}>
        {t(`role.${person.role}`)}
        <small>{person.name}</small>
        {state === 'entering' ? <Loader size={12} aria-label={t('door.entering')} /> : null}
      </span>
      <span className={css['does']}>{t(`roleDoes.${person.role}`)}</span>
    </UnstyledButton>
  )
}
