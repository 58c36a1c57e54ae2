import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endSession, listSessions, type Session } from '#contract/accounts'
import { call } from '../data/api.ts'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { Failure, RowsComing, useSentence } from '../ui/States.tsx'
import css from './account.module.css'
import { agentOf } from './agent.ts'

const KEY = ['me', 'sessions'] as const

/** Where I am signed in, and the way to end what should not be. */
export function Sessions() {
  const { t } = useLocal()
  const sentence = useSentence()
  const client = useQueryClient()
  const list = useQuery({ queryKey: KEY, queryFn: ({ signal }) => call(listSessions, { signal }) })
  const ending = useMutation({
    mutationFn: (id: number | 'others') => call(endSession, { body: id === 'others' ? {} : { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <RowsComing rows={2} />
  const sorted = list.data.toSorted((a, b) => Number(b.current) - Number(a.current))
  return (
    <>
      <p className={css['note']}>{t('account.sessionsNote')}</p>
      <ul className={css['sessions']}>
        {sorted.map((session) => (
          <SessionLine
            key={session.id}
            session={session}
            isEnding={ending.isPending && ending.variables === session.id}
            onEnd={() => ending.mutate(session.id)}
          />
        ))}
      </ul>
      {ending.error ? <p className={css['fault']}>{sentence(ending.error)}</p> : null}
      {sorted.length > 2 ? (
        <Button size="xs" variant="default" onClick={() => ending.mutate('others')}>
          {t('account.revokeOthers')}
        </Button>
      ) : null}
    </>
  )
}

interface LineProps {
  readonly session: Session
  readonly isEnding: boolean
  readonly onEnd: () => void
}

function SessionLine({ session, isEnding, onEnd }: LineProps) {
  const { t } = useLocal()
  const now = useNow(60)
  const agent = agentOf(session.agent)
  const name = agent ? t('account.agentOn', { ...agent }) : t('account.unknownAgent')
  const Icon = /Mobile|Android|iPhone/.test(session.agent) ? IconDeviceMobile : IconDeviceDesktop
  return (
    <li data-current={session.current}>
      <Icon size={20} stroke={1.5} aria-hidden />
      <span>
        <strong>{name}</strong>
        <small>
          {[
            session.address,
            t('account.since', { at: exactWords(t, Date.parse(session.createdAt), now) }),
            t('account.seen', { at: exactWords(t, Date.parse(session.seenAt), now) }),
          ].join(' · ')}
        </small>
      </span>
      {session.current ? (
        <em>{t('account.current')}</em>
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          loading={isEnding}
          aria-label={t('account.revokeOf', { agent: name })}
          onClick={onEnd}
        >
          {t('account.revoke')}
        </Button>
      )}
    </li>
  )
}
