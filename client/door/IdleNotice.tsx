import { useEffect } from 'react'
import { Button } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { Me } from '#contract/accounts'
import { useNow } from '../data/clock.ts'
import { useLive } from '../data/live.ts'
import { ME } from '../data/me.ts'
import { useSession } from '../data/session.ts'
import { useLocal } from '../i18n/local.ts'
import css from './account.module.css'

/** Warns this long before the end, or a quarter of a short session. */
const WARN_MS = 120_000
/** After its end the server has surely forgotten the session, and one call shows it. */
const SURELY_MS = 3_000

interface IdleProps {
  readonly me: Me
  /** This machine's clock when `me` was answered. */
  readonly askedAt: number
}

/** Says quietly that a session is about to end by idling; any call keeps it, and one click is a call. */
export function IdleNotice({ me, askedAt }: IdleProps) {
  const { t } = useLocal()
  const client = useQueryClient()
  const skewMs = useLive((live) => live.skewMs)
  const usedAt = useSession((session) => session.usedAt)
  const now = useNow(1)
  const idleMs = Date.parse(me.idleAt) - (askedAt + skewMs)
  const idleAt = usedAt + skewMs + idleMs
  const until = Date.parse(me.until)
  const leftMs = Math.min(idleAt, until) - now
  const ask = () => void client.invalidateQueries({ queryKey: ME.queryKey })
  const isOver = leftMs < -SURELY_MS
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: ME.queryKey })
  }, [client, isOver])
  if (leftMs > Math.min(WARN_MS, idleMs / 4) || leftMs <= 0) return null
  const canKeep = idleAt < until
  return (
    <div className={css['idle']}>
      <IconClockPause size={20} stroke={1.6} aria-hidden />
      <p>
        <strong role="alert">{t('account.idleTitle')}</strong>
        <span>{t(canKeep ? 'account.idle' : 'account.until', { left: secondsWords(leftMs) })}</span>
      </p>
      {canKeep ? (
        <Button size="xs" onClick={ask}>
          {t('account.keep')}
        </Button>
      ) : null}
    </div>
  )
}

/** 1:05 */
function secondsWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
