import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { Loader } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLive, openLive } from '../data/live.ts'
import { ME, useMay } from '../data/me.ts'
import { enter, useSession } from '../data/session.ts'
import { useLocal } from '../i18n/local.ts'
import { Failure } from '../ui/States.tsx'
import css from './door.module.css'
import { IdleNotice } from './IdleNotice.tsx'
import { useTabs } from './tabs.ts'

const SignIn = lazy(() => import('./SignIn.tsx').then(({ SignIn: page }) => ({ default: page })))

/** A wall is looked at, not used: what it asks keeps its session, and it warns nobody. */
type Screen = 'console' | 'wall'
const WALL_ASKS_MS = 5 * 60_000

interface DoorProps {
  readonly screen: Screen
  readonly children: ReactNode
}

/**
 * Lets in who is signed in, and shows the sign-in page to all others. The address stays what it was, so that after signing
 * in a person is where he or she wanted to be.
 */
export function Door({ screen, children }: DoorProps) {
  const standing = useSession((session) => session.standing)
  const isAsking = standing === 'unknown' || standing === 'inside'
  const me = useQuery({
    ...ME,
    enabled: isAsking,
    refetchInterval: screen === 'wall' ? WALL_ASKS_MS : false,
    refetchIntervalInBackground: true,
  })
  useTabs()
  useEffect(() => {
    if (standing === 'unknown' && me.data) enter()
  }, [standing, me.data])
  if (!isAsking) {
    return (
      <Suspense>
        <SignIn screen={screen} hasLost={standing === 'lost'} />
      </Suspense>
    )
  }
  if (me.data) {
    return (
      <>
        <Follow />
        {children}
        {screen === 'console' ? <IdleNotice me={me.data} askedAt={me.dataUpdatedAt} /> : null}
      </>
    )
  }
  return <Waiting error={me.error} retry={() => void me.refetch()} />
}

/** The feed runs while somebody is inside. A line that breaks may mean that the session is over, which only a call can tell. */
function Follow() {
  const client = useQueryClient()
  const isBroken = useLive((live) => live.connection === 'lost')
  const rows = useMay('events.read') ? 'events' : 'none'
  useEffect(() => openLive(rows), [rows])
  useEffect(() => {
    if (isBroken) void client.invalidateQueries({ queryKey: ME.queryKey })
  }, [client, isBroken])
  return null
}

function Waiting({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { t } = useLocal()
  return (
    <main className={css['waiting']}>
      {error ? <Failure error={error} retry={retry} /> : <Loader size="sm" aria-label={t('door.open')} />}
    </main>
  )
}
